// The board and the hall's screen follow the door: one question every two seconds, answered
// with 304 while nothing changed. Says so within 15 seconds when the server is lost, and
// goes on by itself. Without this the page renews itself whole.

import { pace } from "../web/pace.js";
import { pageSaid, serverNow, serverSaid } from "../programme/clock.js";

const POLL_MS = 2000;
const SLOWEST_MS = 8000;
const ANSWER_MS = 5000;
const LOST_MS = 12000;

const box = document.querySelector("[data-live]");
const lost = document.getElementById("lost");
const clock = document.querySelector("[data-clock]");
let etag = `"${box.dataset.etag}"`;
let wait = POLL_MS;
let heard = Date.now();
let timer;

function time(moment, seconds) {
  const parts = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "Asia/Ho_Chi_Minh" };
  return new Intl.DateTimeFormat("vi-VN", seconds ? { ...parts, second: "2-digit" } : parts).format(moment);
}

async function renew(response) {
  if (!response.headers.get("Content-Type")?.startsWith("application/json")) {
    // Signed out meanwhile: the page itself leads on.
    location.reload();
    return;
  }
  const answer = await response.json();
  // Never take something away from under somebody's focus; the next change comes soon.
  if (box.contains(document.activeElement)) return;
  etag = response.headers.get("ETag");
  const fresh = new DOMParser().parseFromString(answer.html, "text/html");
  box.replaceChildren(...fresh.body.childNodes);
}

async function ask() {
  clearTimeout(timer);
  if (!document.hidden) {
    const sent = Date.now();
    try {
      const response = await fetch(box.dataset.live, {
        headers: { "If-None-Match": etag },
        cache: "no-store",
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      serverSaid(response, sent);
      if (response.ok) await renew(response);
      // Closed by the organiser, or no longer allowed: show that instead of old figures.
      else if ([401, 403, 404].includes(response.status)) location.reload();
      else if (response.status !== 304) throw new Error(response.statusText);
      heard = Date.now();
      wait = pace(response, POLL_MS, SLOWEST_MS);
    } catch {
      wait = Math.min(wait * 1.5, SLOWEST_MS);
    }
  }
  timer = setTimeout(ask, wait * (0.8 + Math.random() * 0.4));
}

function watch() {
  const isLost = !document.hidden && Date.now() - heard > LOST_MS;
  if (isLost && lost.hidden) lost.textContent = lost.dataset.words.replace("#", time(heard, true));
  if (lost.hidden === isLost) lost.hidden = !isLost;
  if (clock) {
    const now = time(serverNow(), false);
    if (clock.textContent !== now) clock.textContent = now;
  }
}

// The screen's own clock may be wrong; the server's is shown.
if (clock) pageSaid(clock.dateTime);
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  heard = Date.now();
  ask();
});
setInterval(watch, 1000);
timer = setTimeout(ask, POLL_MS);
