// Locks: a delegate's card opens with his own badge's code only, and slowly.

const encoder = new TextEncoder();
const NONCE_BYTES = 12;
const LOCATOR_BYTES = 16;
const KEY_BYTES = 32;

// Browsers give cryptography to secure pages only: https, or this very machine.
export const available = Boolean(globalThis.crypto?.subtle && globalThis.isSecureContext);

const bytesOf = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

const textOf = (bytes) =>
  btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

const aesKey = (bytes) => crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);

async function stretched(secret, salt, iterations, length) {
  const base = await crypto.subtle.importKey("raw", encoder.encode(secret), "PBKDF2", false, ["deriveBits"]);
  const rule = { name: "PBKDF2", hash: "SHA-512", salt: bytesOf(salt), iterations };
  return new Uint8Array(await crypto.subtle.deriveBits(rule, base, length * 8));
}

// Where the record of a badge lies, and the key that opens it.
export async function lockOf(code, { salt, iterations }) {
  const made = await stretched(code, salt, iterations, LOCATOR_BYTES + KEY_BYTES);
  return { locator: textOf(made.slice(0, LOCATOR_BYTES)), key: await aesKey(made.slice(LOCATOR_BYTES)) };
}

export async function unseal(key, name, sealed) {
  const data = bytesOf(sealed);
  const rule = { name: "AES-GCM", iv: data.slice(0, NONCE_BYTES), additionalData: encoder.encode(name) };
  const open = await crypto.subtle.decrypt(rule, key, data.slice(NONCE_BYTES));
  return JSON.parse(new TextDecoder().decode(open));
}

export const keyFrom = (text) => aesKey(bytesOf(text));

// The key of the names, wrapped by the supervisor's PIN for the hours without network.
export async function wrapped(text, pin, iterations) {
  const salt = textOf(crypto.getRandomValues(new Uint8Array(16)));
  const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const key = await aesKey(await stretched(pin, salt, iterations, KEY_BYTES));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, encoder.encode(text));
  return { salt, iterations, iv: textOf(iv), sealed: textOf(new Uint8Array(sealed)) };
}

// Throws for a wrong PIN.
export async function unwrapped({ salt, iterations, iv, sealed }, pin) {
  const key = await aesKey(await stretched(pin, salt, iterations, KEY_BYTES));
  const open = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytesOf(iv) }, key, bytesOf(sealed));
  return new TextDecoder().decode(open);
}
