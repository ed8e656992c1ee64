// The overview follows the congress: while the figures are the same nothing is fetched
// but a 304. The page is whole without this; a plain reload says the same.

const POLL_MS = 5000;
const SLOWEST_MS = 30000;

const box = document.getElementById("live");
let etag;
let wait = POLL_MS;

async function renew() {
  const page = await (await fetch(location.href, { cache: "no-store" })).text();
  const fresh = new DOMParser().parseFromString(page, "text/html").getElementById("live");
  // Never take a link away from under somebody's finger or focus.
  if (fresh && !box.contains(document.activeElement)) box.replaceChildren(...fresh.childNodes);
}

async function ask() {
  if (!document.hidden) {
    try {
      const headers = etag ? { "If-None-Match": etag } : {};
      const response = await fetch(box.dataset.url, { headers, cache: "no-store" });
      wait = response.ok || response.status === 304 ? POLL_MS : Math.min(wait * 2, SLOWEST_MS);
      if (response.ok) {
        const known = etag;
        etag = response.headers.get("ETag");
        if (known) await renew();
      }
    } catch {
      wait = Math.min(wait * 2, SLOWEST_MS);
    }
    box.querySelector(".live")?.classList.toggle("is-late", wait > POLL_MS);
  }
  setTimeout(ask, wait * (0.8 + Math.random() * 0.4));
}

if (box) ask();
