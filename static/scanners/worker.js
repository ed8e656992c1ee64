// Keeps the door's own files, so that it opens without network. Never an answer of the API:
// what delegates are is in the locked roster, and nowhere else. SHELL stands above this text.
/* global SHELL */

const CACHE = `door-${SHELL.version}`;
const PATIENCE_MS = 2500;

async function keep() {
  const cache = await caches.open(CACHE);
  await Promise.all(
    SHELL.files.map(async (path) => {
      const response = await fetch(path, { cache: "reload" });
      if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`);
      await cache.put(path, response);
    }),
  );
  await self.skipWaiting();
}

async function sweep() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("door-") && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

const kept = async (path) => (await caches.open(CACHE)).match(path);

// The page comes from the server while it answers well and in time, else as it was kept: a
// proxy whose server is down answers too.
async function page(request) {
  const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => null);
  if (answer && answer.status < 500) return answer;
  return (await kept(SHELL.page)) ?? answer ?? Response.error();
}

addEventListener("install", (event) => event.waitUntil(keep()));
addEventListener("activate", (event) => event.waitUntil(sweep()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname === SHELL.page) event.respondWith(page(request));
  else if (SHELL.files.includes(url.pathname)) {
    event.respondWith(kept(url.pathname).then((found) => found ?? fetch(request)));
  }
});
