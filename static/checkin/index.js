// Figures that follow the door. The page is whole without this; a plain reload says the same.

const POLL_MS = 2000;
const SLOWEST_MS = 10000;

const box = document.getElementById("live");
let etag;
let wait = POLL_MS;

async function ask() {
  if (!document.hidden) {
    try {
      const headers = etag ? { "If-None-Match": etag } : {};
      const response = await fetch(box.dataset.url, { headers, cache: "no-store" });
      wait = response.ok || response.status === 304 ? POLL_MS : Math.min(wait * 2, SLOWEST_MS);
      if (response.ok) {
        const changed = etag !== undefined;
        etag = response.headers.get("ETag");
        await response.json();
        // The list and the scans below changed with the figures: take the whole page anew,
        // unless somebody is typing in it.
        if (changed && !document.activeElement?.matches("input, select, textarea")) location.reload();
      }
    } catch {
      wait = Math.min(wait * 2, SLOWEST_MS);
    }
  }
  setTimeout(ask, wait * (0.8 + Math.random() * 0.4));
}

if (box) ask();
