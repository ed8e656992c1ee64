// Keeps one delegate's page and its own files, so that it opens without network: what the page
// shows, and nothing else. A link that was revoked takes all of it away. SHELL stands above.
/* global SHELL */

const PREFIX = `agenda${SHELL.page}-`;
const CACHE = `${PREFIX}${SHELL.version}`;
const PATIENCE_MS = 2500;
const GONE = [404, 410];

async function keep() {
  const cache = await caches.open(CACHE);
  await Promise.all(
    [SHELL.page, ...SHELL.files].map(async (path) => {
      const response = await fetch(path, { cache: "no-cache" });
      if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`);
      await cache.put(path, response);
    }),
  );
  await self.skipWaiting();
}

async function sweep() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function forget() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX)).map((name) => caches.delete(name)));
  await self.registration.unregister();
}

// The server says how long its page may be kept: past the congress.
const isOld = (copy) => Date.now() > Date.parse(copy.headers.get("Keep-Until"));

const kept = async (path) => (await caches.open(CACHE)).match(path, { ignoreVary: true });

async function store(path, answer) {
  if (answer.status === 200) await (await caches.open(CACHE)).put(path, answer.clone());
}

// The page or its agenda: only they tell that the link is no more.
async function heed(path, answer) {
  if (GONE.includes(answer.status)) await forget();
  else await store(path, answer);
}

// From the server while it answers well and in time, else as it was kept: a proxy whose
// server is down answers too.
async function page(request) {
  const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => null);
  if (answer && answer.status < 500) {
    await heed(SHELL.page, answer);
    return answer;
  }
  const copy = await kept(SHELL.page);
  if (copy && !isOld(copy)) return copy;
  if (copy) await forget();
  // Nothing to show instead: a slow network is waited for.
  return answer ?? fetch(request);
}

async function agenda(request) {
  const answer = await fetch(request);
  await heed(SHELL.agenda, answer);
  return answer;
}

async function file(request, path) {
  const found = await kept(path);
  if (found) return found;
  const answer = await fetch(request);
  await store(path, answer);
  return answer;
}

addEventListener("install", (event) => event.waitUntil(keep()));
addEventListener("activate", (event) => event.waitUntil(sweep()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname === SHELL.page) event.respondWith(page(request));
  else if (url.pathname === SHELL.agenda) event.respondWith(agenda(request));
  else if (url.pathname.startsWith("/static/")) event.respondWith(file(request, url.pathname));
});
