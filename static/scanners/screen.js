// What the steward sees, hears and feels. Every word comes from the page (translated there)
// or from the server; nothing is decided here.

const $ = (selector) => document.querySelector(selector);
const TONES = { accepted: [[880, 0.12]], conflict: [[440, 0.14], [440, 0.14]], refused: [[180, 0.4]] };
const BUZZ = { accepted: [60], conflict: [80, 60, 80], refused: [300] };
const RECENT = 12;

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

export function verdict(kind, { word, name = "", facts = "", reason = "" }) {
  const panel = $(".verdict");
  panel.className = `verdict verdict--${kind}`;
  $(".verdict__word").textContent = word ?? words()[kind];
  $(".verdict__name").textContent = name;
  $(".verdict__facts").textContent = facts;
  $(".verdict__reason").textContent = reason;
  if (kind !== "idle") signal(kind);
}

export function answered(answer, direction) {
  const who = answer.delegate;
  const word = answer.verdict === "accepted" ? words()[direction] : words()[answer.reason];
  const facts = who ? [who.category_label, who.unit].filter(Boolean).join(" · ") : "";
  const number = who?.number ? `${String(who.number).padStart(4, "0")} · ` : "";
  verdict(answer.verdict, {
    word,
    name: who?.name,
    facts: number + facts,
    reason: answer.verdict === "accepted" ? "" : answer.message,
  });
  recent(answer.verdict, who?.name ?? answer.message);
}

export function unanswered(code) {
  verdict("conflict", { word: words().waiting, name: code, reason: words().waitingReason });
  recent("conflict", code);
}

export function recent(kind, text) {
  const list = $(".recent");
  const line = document.createElement("li");
  const time = document.createElement("time");
  time.textContent = new Date().toLocaleTimeString("vi-VN", { hour12: false });
  line.className = `recent--${kind}`;
  line.append(time, ` ${text}`);
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

export function counters({ mine, present, convened }) {
  if (mine !== undefined) $("[data-counter=mine]").textContent = mine;
  if (present !== undefined) $("[data-counter=present]").textContent = `${present} / ${convened}`;
}

export function show(part) {
  for (const section of document.querySelectorAll("[data-part]")) {
    section.hidden = section.dataset.part !== part;
  }
}
