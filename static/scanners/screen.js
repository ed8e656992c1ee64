// What the steward sees, hears and feels. Every word comes from the page (translated there)
// or from the server; nothing is decided here.

const $ = (selector) => document.querySelector(selector);
const TONES = { accepted: [[880, 0.12]], conflict: [[440, 0.14], [440, 0.14]], refused: [[180, 0.4]] };
const BUZZ = { accepted: [60], conflict: [80, 60, 80], refused: [300] };
const RECENT = 12;
const ZONE = { timeZone: "Asia/Ho_Chi_Minh", hour12: false, hour: "2-digit", minute: "2-digit" };
const MOMENT = new Intl.DateTimeFormat("vi-VN", ZONE);
const SECOND = new Intl.DateTimeFormat("vi-VN", { ...ZONE, second: "2-digit" });

let audio;

function beep(kind) {
  audio ??= new AudioContext();
  let at = audio.currentTime;
  for (const [pitch, length] of TONES[kind]) {
    const tone = new OscillatorNode(audio, { frequency: pitch });
    const volume = new GainNode(audio, { gain: 0.25 });
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + length);
    at += length + 0.06;
  }
}

function signal(kind) {
  navigator.vibrate?.(BUZZ[kind]);
  try {
    beep(kind);
  } catch {
    // A browser that allows no sound before the first touch still shows and vibrates.
  }
}

const words = () => $(".verdict").dataset;

// Whose verdict is on the screen, by the scan's uuid.
let shownScan;

export function portrait(uuid, source) {
  if (uuid !== shownScan) return;
  $(".verdict__photo").src = source;
  $(".verdict__photo").hidden = false;
}

export function verdict(kind, { word, name = "", facts = "", reason = "", offline = false, uuid }) {
  const panel = $(".verdict");
  shownScan = uuid;
  $(".verdict__photo").hidden = true;
  panel.className = `verdict verdict--${kind}${offline ? " verdict--late" : ""}`;
  $(".verdict__word").textContent = word ?? words()[kind];
  $(".verdict__name").textContent = name;
  $(".verdict__facts").textContent = facts;
  $(".verdict__reason").textContent = reason;
  if (kind !== "idle") signal(kind);
}

export function answered(answer, direction) {
  const who = answer.delegate;
  const word = answer.verdict === "accepted" ? words()[direction] : words()[answer.reason];
  const number = who?.number && String(who.number).padStart(4, "0");
  const first = [number, who?.category_label].filter(Boolean).join(" · ");
  verdict(answer.verdict, {
    word,
    name: who?.name,
    facts: [first, who?.unit, who?.seat && `${words().seat} ${who.seat}`].filter(Boolean).join("\n"),
    reason: answer.verdict === "accepted" ? "" : answer.message,
    offline: answer.offline,
    uuid: answer.uuid,
  });
  recent(answer.verdict, who?.name ?? answer.message);
}

export function unanswered(code) {
  verdict("conflict", { word: words().waiting, name: code, reason: words().waitingReason, offline: true });
  recent("conflict", code);
}

export function recent(kind, text, isLate = false) {
  const list = $(".recent");
  const line = document.createElement("li");
  const time = document.createElement("time");
  time.textContent = SECOND.format(new Date());
  line.className = `recent--${kind}`;
  line.append(time, isLate ? ` ${list.dataset.late} ${text}` : ` ${text}`);
  list.prepend(line);
  while (list.children.length > RECENT) list.lastElementChild.remove();
}

export function link(online) {
  const sign = $(".link");
  sign.className = `link link--${online ? "online" : "offline"}`;
  sign.textContent = online ? sign.dataset.online : sign.dataset.offline;
}

export function queue(count) {
  const sign = $(".queue");
  sign.hidden = count === 0;
  sign.textContent = sign.dataset.text.replace("{count}", count);
}

let called;

export function counters({ mine, gate, present, convened }) {
  called = convened ?? called;
  if (mine !== undefined) $("[data-counter=mine]").textContent = mine;
  if (gate !== undefined) $("[data-counter=gate]").textContent = gate;
  if (present !== undefined) {
    $("[data-counter=present]").textContent = called === undefined ? present : `${present} / ${called}`;
  }
}

// Whether this door could go on alone now. Null: the browser gives this page no cryptography.
export function ready(state) {
  const sign = $(".ready");
  const told = sign.dataset;
  sign.classList.toggle("ready--yes", Boolean(state?.at));
  if (!state) sign.textContent = told.never;
  else if (state.over) sign.textContent = told.over;
  else if (state.at) sign.textContent = told.yes.replace("{time}", MOMENT.format(new Date(state.at)));
  else sign.textContent = told.soon;
}

export function farewell(message, left) {
  show("revoked");
  $("[data-farewell]").textContent = message;
  const sign = $("[data-left]");
  sign.hidden = left === 0;
  sign.textContent = sign.dataset.text.replace("{count}", left);
}

export function cannotUnpair() {
  const sign = $("[data-unpair-fault]");
  sign.textContent = sign.dataset.text;
}

export function show(part) {
  for (const section of document.querySelectorAll("[data-part]")) {
    section.hidden = section.dataset.part !== part;
  }
}
