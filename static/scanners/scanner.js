// The door: pair once, then scan without a tap between people, with network and without.

import { Camera } from "./camera.js";
import { Feed } from "./feed.js";
import * as lookup from "./lookup.js";
import { Outbox } from "./outbox.js";
import { listen } from "./reader.js";
import * as screen from "./screen.js";
import * as server from "./server.js";
import * as store from "./store.js";
import { Supervisor } from "./supervisor.js";
import * as vault from "./vault.js";

const BOARD_MS = 5000;
const $ = (selector) => document.querySelector(selector);
const version = $("[data-version]").dataset.version;

let device;
let feed;
let outbox;
let supervisor;
let mine = 0;

// crypto.randomUUID exists only where the page is secure; a station with a hand scanner
// may stand on plain http in the office network.
function newUuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const direction = () => $("input[name=direction]:checked").value;

// A device of some sessions names the one it stands at; any other leaves that to the server.
function newScan(source) {
  const scan = { uuid: newUuid(), direction: direction(), scanned_at: new Date().toISOString(), source };
  const { serves, timeline } = feed.state;
  if (serves && timeline) {
    const { session_id: session } = lookup.rowAt(feed.state, lookup.nowAt(feed.state));
    if (session) scan.session_id = session;
  }
  return scan;
}

async function scanned(code, source) {
  if (!device) return;
  const scan = newScan(source);
  await shown(await outbox.ask(scan, code), scan, code);
}

async function shown(answer, scan, code) {
  if (!answer) {
    if (device) screen.unanswered(code);
    return;
  }
  if (answer.verdict === "accepted") {
    screen.counters({ mine: (mine += 1) });
    await store.keep("mine", mine);
  }
  screen.answered(answer, scan.direction);
  if (answer.delegate?.photo && !answer.offline) portrait(answer.uuid);
  await count();
}

// The verdict does not wait for the portrait; one that comes after the next person is dropped.
async function portrait(uuid) {
  try {
    screen.portrait(uuid, await server.photo(device.token, uuid));
  } catch {
    // Without it the name still says who it is.
  }
}

// Figures: the server's while it answers, else what this door knows itself.
async function count() {
  if (!feed?.state.at) return;
  const own = await lookup.counted(feed.state, device?.gate);
  screen.counters(outbox.online ? { gate: own.gate } : own);
}

async function board() {
  if (document.hidden || !device) return;
  try {
    screen.counters(await server.attendance(device.token));
    outbox.link(true);
  } catch (error) {
    if (error instanceof server.Refused && error.status === 401) await refused(error);
    // The congress is over: there are no figures any more, but what waits can be sent.
    else outbox.link(error instanceof server.Refused && error.status === 422);
  }
  await count();
}

// The token opens nothing any more: the roster goes at once; what waits is still sent, and
// a revoked device's scans are looked at by a person.
async function refused(error) {
  if (!device) return;
  const lost = device;
  device = undefined;
  feed.stop();
  outbox.stop();
  camera?.stop();
  await store.wipe();
  await lastScans(lost);
  const left = (await store.waiting()).length;
  if (!left) await store.drop("device");
  screen.farewell(error.message, left);
}

// True when none is left that this device's token could still hand in.
async function lastScans(lost) {
  try {
    for (let scans = await store.waiting(); scans.length; scans = await store.waiting()) {
      const batch = scans.slice(0, 100);
      await server.upload(lost.token, batch.map(({ session, ...item }) => item));
      for (const { uuid } of batch) await store.settle(uuid);
    }
    return true;
  } catch (error) {
    // They stay on this device; opening the page again tries once more.
    return error instanceof server.Refused && error.status === 401;
  }
}

// Scans of the pairing before belong to its congress and its door, so they go up under its
// token first; one that opens nothing any more cannot hold them back.
async function handedIn() {
  const before = await store.setting("device");
  return !before || (await lastScans(before));
}

async function pair(code) {
  const fault = $("[data-pairing-fault]");
  fault.textContent = "";
  if (!(await handedIn())) {
    fault.textContent = fault.dataset.waiting;
    return;
  }
  try {
    const paired = await server.pair(code, $("input[name=name]").value.trim() || undefined);
    await store.wipe();
    await store.drop("mine");
    await store.keep("device", paired);
    await open(paired);
  } catch (error) {
    fault.textContent = error instanceof server.Refused ? error.message : fault.dataset.silent;
  }
}

let camera;

async function startCamera(chosen) {
  const hint = $(".camera__hint");
  try {
    await camera.start(chosen);
    hint.textContent = hint.dataset.ready;
    $("[data-torch]").hidden = !camera.hasTorch;
    await listCameras();
  } catch {
    hint.textContent = navigator.mediaDevices ? hint.dataset.refused : hint.dataset.insecure;
  }
}

async function listCameras() {
  const select = $("select[name=camera]");
  const cameras = await camera.others();
  select.closest("label").hidden = cameras.length < 2;
  select.replaceChildren(
    ...cameras.map((each, index) => new Option(each.label || `Camera ${index + 1}`, each.deviceId)),
  );
  select.value = camera.track?.getSettings().deviceId ?? "";
}

function queued(length) {
  screen.queue(length);
  count();
}

// The server names nobody for a locator; who it was this page may still know itself.
function late(result, name) {
  if (result.verdict === "accepted" || result.verdict === "refused") return;
  const said = result.message ?? result.error.message;
  screen.recent("conflict", [name ?? result.delegate?.name, said].filter(Boolean).join(": "), true);
}

async function open(paired) {
  device = paired;
  $(".scanner__gate").textContent = [paired.gate, paired.congress].filter(Boolean).join(" · ");
  screen.show("door");
  mine = (await store.setting("mine")) ?? 0;
  screen.counters({ mine });
  const status = async () => ({ queue: (await store.waiting()).length, version });
  feed = new Feed(paired.token, status, {
    onLink: (online) => outbox.link(online),
    onState: ready,
    onRevoked: refused,
  });
  outbox = new Outbox(paired, feed, {
    onLink: screen.link, onQueue: queued, onLate: late, onRevoked: refused,
  });
  await outbox.tell();
  await feed.load();
  camera ??= new Camera($("video"), (code) => scanned(code, "camera"));
  wire();
  if (paired.profile === "supervisor") openSupervisor(paired);
  feed.start();
  board();
  await startCamera();
}

function openSupervisor(paired) {
  supervisor ??= new Supervisor($("[data-supervisor]"), {
    scan: () => newScan("manual"),
    admitted: async (answer, scan) => {
      await shown(answer, scan, "");
      $(".verdict").scrollIntoView({ block: "nearest" });
    },
    offline: (scan, line) => outbox.askFor(scan, line),
  });
  supervisor.device = paired;
  $("[data-supervisor]").hidden = false;
}

function ready(state) {
  screen.ready(vault.available ? state : null);
  count();
}

let wired = false;

function wire() {
  if (wired) return;
  wired = true;
  listen((code) => scanned(code, "reader"));
  setInterval(board, BOARD_MS);
  $(".manual").addEventListener("submit", (event) => {
    event.preventDefault();
    const input = event.target.elements.code;
    const code = input.value.trim();
    input.value = "";
    if (code) scanned(code, "typed");
  });
  $("select[name=camera]").addEventListener("change", (event) => startCamera(event.target.value));
  $("[data-torch]").addEventListener("click", (event) => {
    const on = event.currentTarget.getAttribute("aria-pressed") !== "true";
    event.currentTarget.setAttribute("aria-pressed", String(on));
    camera.torch(on);
  });
  $("[data-unpair]").addEventListener("submit", async (event) => {
    event.preventDefault();
    await outbox.drain();
    if ((await store.waiting()).length) return screen.cannotUnpair();
    await store.wipe();
    await store.drop("device");
    location.reload();
  });
}

$("form[data-pairing]").addEventListener("submit", (event) => {
  event.preventDefault();
  pair(event.target.elements.code.value);
});

if (vault.available && navigator.serviceWorker) {
  navigator.serviceWorker.register("/scanner/worker.js", { scope: "/scanner" }).catch(offerInstall);
} else offerInstall();

// In an office network of its own the way out is its authority; elsewhere there is no sign.
function offerInstall() {
  $("[data-install]")?.removeAttribute("hidden");
}

const known = await store.setting("device");
const offered = location.hash.slice(1);
if (offered) history.replaceState(null, "", location.pathname);
if (offered) {
  screen.show("pair");
  $("form[data-pairing]").elements.code.value = offered;
  await pair(offered);
} else if (known) {
  await open(known);
} else {
  screen.show("pair");
}
