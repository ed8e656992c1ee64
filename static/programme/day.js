// The run sheet and the speaker's screen follow the day: one question a second, answered with
// the time alone while nothing happened. Without this the page renews itself whole.
import { pageSaid, serverNow, serverSaid } from "./clock.js";

const POLL_MS = 1000;
const SLOWEST_MS = 5000;
const LOST_MS = 8000;
const box = document.querySelector("[data-day]");
const lost = document.getElementById("day-lost");
const clock = document.querySelector("[data-clock]");
const full = document.getElementById("full");
const venue = new Intl.DateTimeFormat("vi-VN", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "Asia/Ho_Chi_Minh" });
let wait = POLL_MS;
let heard = Date.now();

// Somebody choosing in an open panel must not lose what he chose.
function isBusy() {
  return Boolean(box.querySelector("details.confirm[open]")) || document.activeElement?.tagName === "SELECT";
}

function renew(answer) {
  if (answer.html === undefined || isBusy()) return;
  const focused = box.contains(document.activeElement) ? document.activeElement.id : "";
  const open = [...box.querySelectorAll("details[open] > summary[id]")].map((one) => one.id);
  const fresh = new DOMParser().parseFromString(answer.html, "text/html");
  box.replaceChildren(...fresh.body.childNodes);
  box.dataset.stamp = answer.stamp;
  for (const id of open) document.getElementById(id)?.parentElement.setAttribute("open", "");
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

async function ask() {
  if (!document.hidden) {
    const sent = Date.now();
    try {
      const response = await fetch(`${box.dataset.day}?seen=${encodeURIComponent(box.dataset.stamp)}`, {
        cache: "no-store",
        signal: AbortSignal.timeout(5000),
      });
      // Signed out meanwhile, or no longer allowed: the page itself says so.
      if (response.redirected || [401, 403, 404].includes(response.status)) location.reload();
      else if (!response.ok) throw new Error(response.statusText);
      else {
        serverSaid(response, sent);
        renew(await response.json());
        heard = Date.now();
        wait = POLL_MS;
      }
    } catch {
      wait = Math.min(wait * 1.5, SLOWEST_MS);
    }
  } else heard = Date.now();
  setTimeout(ask, wait);
}

function watch() {
  const isLost = Date.now() - heard > LOST_MS;
  if (lost.hidden === isLost) lost.hidden = !isLost;
  if (clock) {
    const now = venue.format(serverNow());
    if (clock.textContent !== now) clock.textContent = now;
  }
}

if (full && document.documentElement.requestFullscreen) {
  full.hidden = false;
  full.addEventListener("click", () => document.documentElement.requestFullscreen());
  document.addEventListener("fullscreenchange", () => { full.hidden = Boolean(document.fullscreenElement); });
}
pageSaid(box.dataset.now);
setInterval(watch, 500);
setTimeout(ask, POLL_MS);
