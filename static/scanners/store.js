// What the door keeps on this device: its token, scans the server has not answered yet, the
// roster of the feed, and where people stand as far as this door knows. IndexedDB survives
// a reload, a crash and an empty battery; localStorage does not always.

const NAME = "congress-door";
const VERSION = 2;
const KEYS = { outbox: "uuid", roster: "id", staging: "seq", standing: "id" };

let opened;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      const db = request.result;
      if (!db.objectStoreNames.contains("settings")) db.createObjectStore("settings");
      for (const [name, keyPath] of Object.entries(KEYS)) {
        if (!db.objectStoreNames.contains(name)) db.createObjectStore(name, { keyPath });
      }
      if (!request.transaction.objectStore("roster").indexNames.contains("kind")) {
        request.transaction.objectStore("roster").createIndex("kind", "kind");
      }
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

// `act` gets the stores by name and may give a request; its result is the promise's.
async function run(names, mode, act) {
  const db = await database();
  return new Promise((resolve, reject) => {
    // Strict: the promise resolves only once the data is on the device's disk.
    const transaction = db.transaction(names, mode, { durability: "strict" });
    const stores = Object.fromEntries(names.map((name) => [name, transaction.objectStore(name)]));
    const request = act(stores);
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

const reading = (name, act) => run([name], "readonly", (stores) => act(stores[name]));
const writing = (name, act) => run([name], "readwrite", (stores) => act(stores[name]));

export const setting = (key) => reading("settings", (store) => store.get(key));
export const keep = (key, value) => writing("settings", (store) => store.put(value, key));
export const drop = (key) => writing("settings", (store) => store.delete(key));

// In the order in which they were read.
export const waiting = async () =>
  (await reading("outbox", (store) => store.getAll())).sort((a, b) => (a.scanned_at < b.scanned_at ? -1 : 1));
export const queue = (scan) => writing("outbox", (store) => store.put(scan));
export const settle = (uuid) => writing("outbox", (store) => store.delete(uuid));

const idOf = (kind, key) => `${kind}|${key}`;

export const entry = async (kind, key) =>
  (await reading("roster", (store) => store.get(idOf(kind, key))))?.data;
export const entries = (kind) =>
  reading("roster", (store) => store.index("kind").getAll(kind));

export const standing = (id) => reading("standing", (store) => store.get(id));
export const standings = () => reading("standing", (store) => store.getAll());
export const stand = (row) => writing("standing", (store) => store.put(row));

// A page of the feed lies apart until the last one has come: a feed cut off half-way never
// replaces a whole one, and is gone on with where it was cut.
export const stage = (entries, feed) =>
  run(["staging", "settings"], "readwrite", ({ staging, settings }) => {
    for (const each of entries) staging.put(each);
    settings.put(feed, "feed");
  });

export const stageNothing = (feed) =>
  run(["staging", "settings"], "readwrite", ({ staging, settings }) => {
    staging.clear();
    settings.put(feed, "feed");
  });

// The last page has come: everything staged becomes the roster, in one step or not at all.
// What this door noted itself gives way once the server has told it back.
export const swap = (feed, anew, toldBefore) =>
  run(["staging", "settings", "roster", "standing"], "readwrite", (stores) => {
    if (anew) stores.roster.clear();
    stores.staging.openCursor().onsuccess = ({ target: { result: cursor } }) => {
      if (!cursor) return;
      const { kind, key, data, gone } = cursor.value;
      if (gone) stores.roster.delete(idOf(kind, key));
      else stores.roster.put({ id: idOf(kind, key), kind, key, data });
      cursor.delete();
      cursor.continue();
    };
    stores.standing.openCursor().onsuccess = ({ target: { result: cursor } }) => {
      if (!cursor) return;
      if (cursor.value.told && cursor.value.told < toldBefore) cursor.delete();
      cursor.continue();
    };
    stores.settings.put(feed, "feed");
  });

// Everything about delegates goes; what waits to be sent stays.
export const wipe = () =>
  run(["staging", "settings", "roster", "standing"], "readwrite", (stores) => {
    for (const name of ["staging", "roster", "standing"]) stores[name].clear();
    for (const key of ["feed", "names"]) stores.settings.delete(key);
  });
