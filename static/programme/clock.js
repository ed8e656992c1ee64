// One clock for all screens: the server's. Every answer says what time it is there; of the
// last answers the quickest one tells best how far this machine's own clock is off.

const KEPT = 8;
const TICK_MS = 100;
const SET_MS = 1000;
const samples = [];
let ahead = 0;

// A time that came with the page itself: good until the first answer.
export function pageSaid(instant) {
  if (!samples.length && instant) ahead = Date.parse(instant) - Date.now();
}

export function serverSaid(response, sent) {
  const there = Number(response.headers.get("Server-Now"));
  if (!there) return;
  const now = Date.now();
  const sample = { took: now - sent, ahead: there - (sent + now) / 2 };
  // One of the two clocks was set, or this machine slept: what was measured before is void.
  if (Math.abs(sample.ahead - ahead) > sample.took + SET_MS) samples.length = 0;
  samples.push(sample);
  if (samples.length > KEPT) samples.shift();
  ahead = samples.reduce((best, one) => (one.took < best.took ? one : best)).ahead;
}

export function serverNow() {
  return Date.now() + ahead;
}

export function words(left) {
  const seconds = Math.ceil(left);
  const size = Math.abs(seconds);
  return `${seconds < 0 ? "−" : ""}${Math.floor(size / 60)}:${String(size % 60).padStart(2, "0")}`;
}

function tick() {
  for (const count of document.querySelectorAll("[data-ends]")) {
    const left = (Date.parse(count.dataset.ends) - serverNow()) / 1000;
    const light = left <= 0 ? "over" : left <= 60 ? "low" : "plain";
    const shown = count.querySelector("[data-count]");
    const text = words(left);
    if (shown.textContent !== text) shown.textContent = text;
    if (!count.classList.contains(`is-${light}`)) {
      count.classList.remove("is-plain", "is-low", "is-over");
      count.classList.add(`is-${light}`);
    }
  }
}

setInterval(tick, TICK_MS);
