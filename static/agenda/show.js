// The page goes on by itself, with network and without: "now" follows the server's clock, the
// programme follows its releases. One question every fifteen seconds, answered with 304 while
// nothing changed. Without this a reload by hand says the same.

import { pace } from "../web/pace.js";
import { day, instant, standing, state, time, until } from "./clock.js";

const POLL_MS = 15000;
const SLOWEST_MS = 60000;
const ANSWER_MS = 6000;
const TICK_MS = 1000;

const box = document.querySelector("[data-live]");
const lost = document.querySelector("[data-lost]");
const words = JSON.parse(box.dataset.words);
const SEEN = `agenda-seen:${box.dataset.live}`;
let etag = box.dataset.etag;
let release = Number(box.dataset.release);
let ahead = remembered(`agenda-ahead:${box.dataset.live}`);
let wait = POLL_MS;
let timer;

// A phone in private mode may refuse storage; the page then only forgets.
function remembered(key) {
  try {
    const text = localStorage.getItem(key);
    return text === null ? null : Number(text);
  } catch {
    return null;
  }
}

function remember(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, String(value));
  } catch {
    /* see above */
  }
}

const now = () => Date.now() + (ahead ?? 0);

function lines() {
  return [...box.querySelectorAll(".day li")].map((item) => ({
    item,
    starts: Date.parse(item.querySelector("time").dateTime),
    ends: Date.parse(item.dataset.ends),
    title: item.querySelector("[data-title]").textContent,
    hall: item.dataset.hall ?? "",
    parallel: "parallel" in item.dataset,
    mine: item.classList.contains("is-mine"),
  }));
}

// Writing what stands there already would make a screen reader speak.
function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function mark(line, at) {
  const is = state(line, at);
  if (line.item.classList.contains(`is-${is}`)) return;
  line.item.classList.remove("is-done", "is-now", "is-coming");
  line.item.classList.add(`is-${is}`);
  line.item.querySelector(".tag--now").hidden = is !== "now";
  if (is === "now") line.item.setAttribute("aria-current", "true");
  else line.item.removeAttribute("aria-current");
}

function tellNow(found, at) {
  const part = box.querySelector("[data-now]");
  const heading = part.querySelector("h2");
  const shown = found.now.length ? found.now : [found.next].filter(Boolean);
  const said = shown.map((line) => line.title + (line.hall ? ` (${line.hall})` : ""));
  const titles = part.querySelector("[data-titles]");
  part.hidden = !shown.length;
  write(heading, found.now.length ? heading.dataset.on : heading.dataset.soon);
  if ([...titles.children].map((line) => line.textContent).join("\n") !== said.join("\n")) {
    titles.replaceChildren(
      ...said.map((text) => Object.assign(document.createElement("p"), { className: "now__title", textContent: text })),
    );
  }
  const then = part.querySelector(".now__next");
  then.hidden = !found.next;
  if (!found.next) return;
  const { starts, title } = found.next;
  if (found.now.length) write(then, then.dataset.then.replace("{time}", time(starts)).replace("{title}", () => title));
  else write(then, then.dataset.at.replace("{time}", instant(starts)).replace("{until}", until(starts, at, words)));
}

function tellMine(found, at) {
  const part = box.querySelector("[data-mine]");
  part.hidden = !found.mine;
  if (!found.mine) return;
  write(part.querySelector("[data-in]"), until(found.mine.starts, at, words));
  write(part.querySelector("[data-what]"), `${found.mine.title} · ${instant(found.mine.starts)}`);
}

let today = null;

function openToday(at) {
  if (today === day(at)) return;
  today = day(at);
  const parts = [...box.querySelectorAll("[data-day]")];
  if (!parts.some((part) => part.dataset.day === today)) return;
  for (const part of parts) part.open = part.dataset.day === today;
}

function tick() {
  const at = now();
  const all = lines();
  for (const line of all) mark(line, at);
  const found = standing(all, at);
  tellNow(found, at);
  tellMine(found, at);
  openToday(at);
}

// What changed since the last look: the number of the release one has seen stays on the phone.
function showChanges() {
  let seen = remembered(SEEN);
  if (seen === null) {
    seen = release;
    remember(SEEN, release);
  }
  for (const item of box.querySelectorAll("[data-changed]")) {
    const tag = item.querySelector(".tag--changed");
    if (tag) tag.hidden = Number(item.dataset.changed) <= seen;
  }
  const changes = box.querySelector("[data-changes]");
  if (!changes) return;
  const isNew = release > seen;
  changes.open = isNew;
  changes.classList.toggle("is-new", isNew);
  changes.querySelector("[data-seen]").hidden = !isNew;
  for (const told of changes.querySelectorAll("[data-told]")) {
    told.hidden = isNew && Number(told.dataset.told) <= seen;
  }
}

box.addEventListener("click", (event) => {
  if (!event.target.closest("[data-seen]")) return;
  remember(SEEN, release);
  showChanges();
  box.querySelector("[data-changes] summary").focus();
});

function renew(answer, mark) {
  // Confirmed or withdrawn elsewhere: the page itself looks different then.
  if (answer.state !== box.dataset.state) {
    if (!document.activeElement?.matches("input, textarea")) location.reload();
    return;
  }
  const open = new Map([...box.querySelectorAll("[data-day]")].map((part) => [part.dataset.day, part.open]));
  const places = [...box.querySelectorAll("summary, button")];
  const focused = places.indexOf(document.activeElement);
  const fresh = new DOMParser().parseFromString(answer.html, "text/html");
  box.replaceChildren(...fresh.body.childNodes);
  if (focused >= 0) box.querySelectorAll("summary, button")[focused]?.focus();
  for (const part of box.querySelectorAll("[data-day]")) part.open = open.get(part.dataset.day) ?? part.open;
  etag = mark;
  release = answer.release;
  showChanges();
  tick();
}

// Revoked: nothing of it may stay on the phone.
async function forget() {
  for (const key of [SEEN, `agenda-ahead:${box.dataset.live}`]) remember(key, null);
  if ("caches" in globalThis) {
    const names = (await caches.keys()).filter((name) => name.startsWith(`agenda${location.pathname}-`));
    await Promise.all(names.map((name) => caches.delete(name)));
    await (await navigator.serviceWorker?.getRegistration())?.unregister();
  }
  location.reload();
}

function setClock(response, asked) {
  const told = Date.parse(response.headers.get("Server-Time"));
  if (Number.isNaN(told)) return;
  ahead = Math.round(told - (asked + Date.now()) / 2);
  remember(`agenda-ahead:${box.dataset.live}`, ahead);
}

const unquoted = (mark) => (mark ?? "").replace(/^W\//, "").replaceAll('"', "");

async function ask() {
  clearTimeout(timer);
  const asked = Date.now();
  try {
    const response = await fetch(box.dataset.live, {
      headers: { "If-None-Match": `"${etag}"` },
      cache: "no-store",
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    if (response.status === 404 || response.status === 410) return void (await forget());
    if (!response.ok && response.status !== 304) throw new Error(response.statusText);
    setClock(response, asked);
    if (response.status === 200) renew(await response.json(), unquoted(response.headers.get("ETag")));
    lost.hidden = true;
    box.dataset.time = new Date(now()).toISOString();
    wait = pace(response, POLL_MS, SLOWEST_MS);
    tick();
  } catch {
    await sayLost();
    wait = Math.min(wait * 1.5, SLOWEST_MS);
  }
  timer = setTimeout(() => !document.hidden && ask(), wait * (0.8 + Math.random() * 0.4));
}

// The page was kept at one time and the agenda perhaps later.
async function sayLost() {
  const kept = "caches" in globalThis ? await caches.match(box.dataset.live, { ignoreVary: true }) : undefined;
  const mark = unquoted(kept?.headers.get("ETag"));
  if (kept && mark !== etag && Date.parse(kept.headers.get("Server-Time")) > Date.parse(box.dataset.time)) {
    box.dataset.time = kept.headers.get("Server-Time");
    renew(await kept.json(), mark);
  }
  write(lost, lost.dataset.lost.replace("{time}", instant(Date.parse(box.dataset.time))));
  lost.hidden = false;
}

showChanges();
document.addEventListener("visibilitychange", () => !document.hidden && ask());
setInterval(() => ahead !== null && tick(), TICK_MS);
ask().then(() => {
  // No answer yet since the phone knows this page: its own clock must do.
  ahead ??= 0;
  tick();
});
navigator.serviceWorker?.register(box.dataset.worker, { scope: location.pathname }).catch(() => {});
