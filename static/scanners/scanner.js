// The door: pair once, then scan without a tap between people.

import { Camera } from "./camera.js";
import { Outbox } from "./outbox.js";
import { listen } from "./reader.js";
import * as screen from "./screen.js";
import * as server from "./server.js";
import * as store from "./store.js";

const BOARD_MS = 5000;
const $ = (selector) => document.querySelector(selector);

let device;
let outbox;
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

async function scanned(code, source) {
  const way = direction();
  const scan = { uuid: newUuid(), code, direction: way, scanned_at: new Date().toISOString(), source };
  const answer = await outbox.ask(scan);
  if (!answer) {
    if (device) screen.unanswered(code);
    return;
  }
  if (answer.verdict === "accepted") screen.counters({ mine: (mine += 1) });
  screen.answered(answer, way);
}

async function board() {
  if (document.hidden || !device) return;
  try {
    screen.counters(await server.attendance(device.token));
    screen.link(true);
  } catch (error) {
    if (error instanceof server.Refused && error.status === 401) await unpair(error.message);
    else screen.link(false);
  }
}

async function unpair(message) {
  device = undefined;
  await store.keep("device", null);
  $("[data-pairing-fault]").textContent = message;
  screen.show("pair");
}

async function pair(code) {
  const fault = $("[data-pairing-fault]");
  fault.textContent = "";
  try {
    const paired = await server.pair(code, $("input[name=name]").value.trim() || undefined);
    await store.keep("device", paired);
    await open(paired);
  } catch (error) {
    fault.textContent = error instanceof server.Refused ? error.message : fault.dataset.silent;
  }
}

async function startCamera(camera, chosen) {
  const hint = $(".camera__hint");
  try {
    await camera.start(chosen);
    hint.textContent = hint.dataset.ready;
    $("[data-torch]").hidden = !camera.hasTorch;
    await listCameras(camera);
  } catch {
    hint.textContent = navigator.mediaDevices ? hint.dataset.refused : hint.dataset.insecure;
  }
}

async function listCameras(camera) {
  const select = $("select[name=camera]");
  const cameras = await camera.others();
  select.closest("label").hidden = cameras.length < 2;
  select.replaceChildren(
    ...cameras.map((each, index) => new Option(each.label || `Camera ${index + 1}`, each.deviceId)),
  );
  select.value = camera.track?.getSettings().deviceId ?? "";
}

async function open(paired) {
  device = paired;
  $(".scanner__gate").textContent = [paired.gate, paired.congress].filter(Boolean).join(" · ");
  screen.show("door");
  outbox = new Outbox(paired.token, {
    onLink: screen.link,
    onQueue: screen.queue,
    onLate: (scan, result) =>
      screen.recent(result.verdict ?? "refused", result.delegate?.name ?? result.message ?? result.error.message),
    onRevoked: unpair,
  });
  await outbox.tell();
  await board();
  const camera = new Camera($("video"), (code) => scanned(code, "camera"));
  wire(camera);
  await startCamera(camera);
}

let wired = false;

function wire(camera) {
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
  $("select[name=camera]").addEventListener("change", (event) => startCamera(camera, event.target.value));
  $("[data-torch]").addEventListener("click", (event) => {
    const on = event.currentTarget.getAttribute("aria-pressed") !== "true";
    event.currentTarget.setAttribute("aria-pressed", String(on));
    camera.torch(on);
  });
}

$("form[data-pairing]").addEventListener("submit", (event) => {
  event.preventDefault();
  pair(event.target.elements.code.value);
});

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
