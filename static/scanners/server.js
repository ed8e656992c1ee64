// Calls to the server. Only an answered call proves the network: navigator.onLine lies.

const LIVE_TIMEOUT_MS = 4000;
const LONG_TIMEOUT_MS = 20000;

export class Refused extends Error {
  constructor(status, error) {
    super(error?.message ?? `HTTP ${status}`);
    this.status = status;
    this.code = error?.code ?? "http";
  }
}

async function call(path, { token, body, headers = {}, timeout = LIVE_TIMEOUT_MS }) {
  const response = await fetch(`/api/v1/${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      "Content-Type": "application/json",
      ...(token && { Authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(timeout),
    cache: "no-store",
  });
  if (response.status >= 500) throw new Error(`HTTP ${response.status}`);
  const answer = await response.json();
  if (!response.ok) throw new Refused(response.status, answer.error);
  return answer;
}

export const pair = (code, name) => call("devices/pair", { body: { pairing_code: code, name } });
export const scan = (token, body, timeout) => call("scans", { token, body, timeout });
export const upload = (token, scans) =>
  call("scans/batch", {
    token, body: { scans, sent_at: new Date().toISOString() }, timeout: LONG_TIMEOUT_MS,
  });
// A portrait as a data: address, the only kind of foreign picture the page's policy lets in.
export async function photo(token, uuid) {
  const response = await fetch(`/api/v1/scans/${uuid}/photo`, {
    headers: { Authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(LIVE_TIMEOUT_MS),
    cache: "no-store",
  });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const reader = new FileReader();
  const read = new Promise((resolve, reject) => {
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
  });
  reader.readAsDataURL(await response.blob());
  return read;
}
export const attendance = (token) => call("attendance", { token });
export const feed = (token, after, { queue, version }) =>
  call(`feed?after=${after}`, {
    token,
    headers: { "X-Queue-Length": String(queue), "X-App-Version": version },
    timeout: LONG_TIMEOUT_MS,
  });

const opened = (session) => ({ "X-Supervisor-Session": session });

export const openUp = (token, pin, person) => call("supervisor", { token, body: { pin, person } });
export const find = (token, session, text) =>
  call(`delegates?q=${encodeURIComponent(text)}`, { token, headers: opened(session) });
export const admit = (token, session, delegate, body) =>
  call(`delegates/${delegate}/scans`, { token, headers: opened(session), body });
export const walkIn = (token, session, body) =>
  call("walk-ins", { token, headers: opened(session), body, timeout: LONG_TIMEOUT_MS });
export const takeBack = (token, session, scan, reason) =>
  call(`scans/${scan}/take-back`, { token, headers: opened(session), body: { reason } });
