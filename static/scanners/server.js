// Calls to the server. Only an answered call proves the network: navigator.onLine lies.

const LIVE_TIMEOUT_MS = 4000;
const BATCH_TIMEOUT_MS = 20000;

export class Refused extends Error {
  constructor(status, error) {
    super(error?.message ?? `HTTP ${status}`);
    this.status = status;
    this.code = error?.code ?? "http";
  }
}

async function call(path, { token, body, timeout = LIVE_TIMEOUT_MS }) {
  const headers = { "Content-Type": "application/json" };
  if (token) headers.Authorization = `Bearer ${token}`;
  const response = await fetch(`/api/v1/${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers,
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
export const scan = (token, body) => call("scans", { token, body });
export const upload = (token, scans) =>
  call("scans/batch", { token, body: { scans }, timeout: BATCH_TIMEOUT_MS });
export const attendance = (token) => call("attendance", { token });
