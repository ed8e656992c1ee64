// What the door keeps on this device: its token, and scans the server has not answered yet.
// IndexedDB survives a reload, a crash and an empty battery; localStorage does not always.

const NAME = "congress-door";
const VERSION = 1;

let opened;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("settings");
      request.result.createObjectStore("outbox", { keyPath: "uuid" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function run(store, mode, act) {
  const db = await database();
  return new Promise((resolve, reject) => {
    // Strict: the promise resolves only once the data is on the device's disk.
    const transaction = db.transaction(store, mode, { durability: "strict" });
    const request = act(transaction.objectStore(store));
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

export const setting = (key) => run("settings", "readonly", (store) => store.get(key));
export const keep = (key, value) => run("settings", "readwrite", (store) => store.put(value, key));
export const waiting = () => run("outbox", "readonly", (store) => store.getAll());
export const queue = (scan) => run("outbox", "readwrite", (store) => store.put(scan));
export const settle = (uuid) => run("outbox", "readwrite", (store) => store.delete(uuid));

export async function forget() {
  await run("settings", "readwrite", (store) => store.clear());
}
