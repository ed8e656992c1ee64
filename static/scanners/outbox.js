// Scans on their way: asked live first; when the server is silent they wait here, on disk,
// and go up in batches under the SAME uuid, so that nothing is counted twice or lost.
// No code lies on the disk for a badge this device knows: it is named by its locator.

import * as lookup from "./lookup.js";
import * as server from "./server.js";
import * as store from "./store.js";

const RETRY_MS = 3000;
const BATCH = 100;
const PATIENCE_MS = 1200;
// Refusals of this very scan. Any other tells of the moment: too many strangers ask, the
// server is being mended. The scan then waits, as if there were no network.
const OWN = new Set(["bad_scan", "code_throttled", "congress_closed", "uuid_reused"]);

export class Outbox {
  constructor(device, feed, { onLink, onQueue, onLate, onRevoked }) {
    this.device = device;
    this.feed = feed;
    this.on = { onLink, onQueue, onLate, onRevoked };
    this.sending = false;
    this.asking = new Set();
    // Whose badge a waiting scan names: for this page alone, never on the disk.
    this.names = new Map();
    this.online = true;
    this.timer = setInterval(() => this.drain(), RETRY_MS);
    addEventListener("online", () => this.drain());
  }

  stop() {
    clearInterval(this.timer);
  }

  link(online) {
    this.online = online;
    this.on.onLink(online);
  }

  // Ask about one scan. Gives the server's answer; else this device's own with `offline`
  // set; null when nobody can say, and the scan waits here.
  async ask(scan, code) {
    const local = lookup.verdict(code, scan.direction, this.feed.state).catch(() => null);
    return this.online ? this.live(scan, code, local) : this.alone(scan, code, await local);
  }

  // A delegate found by name without network: the line knows the badge's locator.
  async askFor(scan, line) {
    const own = await lookup.verdictFor(line, scan.direction, this.feed.state);
    return this.alone(scan, undefined, own);
  }

  async live(scan, code, local) {
    // Stored while the question is under way: should the page die, it is asked again.
    const stored = local.then((own) => store.queue(this.item(scan, code, own)));
    const patience = this.feed.state.at ? PATIENCE_MS : undefined;
    this.asking.add(scan.uuid);
    try {
      const body = { ...scan, code, sent_at: new Date().toISOString() };
      const answer = await server.scan(this.device.token, body, patience);
      this.link(true);
      stored.then(() => this.answered(scan, answer, local)).catch(() => {});
      return answer;
    } catch (error) {
      await stored.catch(() => {});
      if (error.status === 401 || OWN.has(error.code)) return this.refused(scan, error);
      this.link(false);
      return this.alone(scan, code, await local);
    } finally {
      this.asking.delete(scan.uuid);
    }
  }

  async answered(scan, answer, local) {
    await store.settle(scan.uuid);
    const own = await local;
    if (own?.locator && answer.verdict === "accepted") {
      await lookup.note(own.session, own.locator, scan.direction, this.device.gate, scan.scanned_at, Date.now());
    }
    await this.tell();
  }

  async refused(scan, error) {
    this.link(true);
    if (error.status === 401) {
      this.on.onRevoked(error);
      return null;
    }
    await store.settle(scan.uuid);
    await this.tell();
    return { verdict: "refused", reason: error.code, message: error.message, delegate: null };
  }

  // Without network: the verdict of this device, and the scan waits with it.
  async alone(scan, code, own) {
    if (own?.delegate) this.names.set(scan.uuid, own.delegate.name);
    await store.queue(this.item(scan, code, own));
    if (own?.verdict === "accepted") {
      await lookup.note(own.session, own.locator, scan.direction, this.device.gate, scan.scanned_at);
    }
    await this.tell();
    return own && { ...own, offline: true };
  }

  item(scan, code, own) {
    const named = own?.locator ? { locator: own.locator } : { code };
    const shown = own ? { door_verdict: own.verdict, door_reason: own.reason, session: own.session } : {};
    // Should this phone be paired anew before it goes up, the server knows whose scan it was.
    return { ...scan, ...named, ...shown, device_id: this.device.device_id };
  }

  async tell() {
    this.on.onQueue((await store.waiting()).length);
  }

  // Send what waits. A scan leaves the device only after the server named its uuid.
  async drain() {
    if (this.sending) return;
    this.sending = true;
    try {
      const waiting = await store.waiting();
      const scans = waiting.filter(({ uuid }) => !this.asking.has(uuid)).slice(0, BATCH);
      if (scans.length) await this.send(scans);
    } catch (error) {
      if (error instanceof server.Refused && error.status === 401) this.on.onRevoked(error);
      else if (!(error instanceof server.Refused)) this.link(false);
    } finally {
      this.sending = false;
    }
    await this.tell();
  }

  async send(scans) {
    const items = scans.map(({ session, ...item }) => item);
    const { results } = await server.upload(this.device.token, items);
    this.link(true);
    for (const [index, result] of results.entries()) {
      const scan = scans[index];
      await lookup.settled(scan.session, scan.locator, Date.now());
      await store.settle(scan.uuid);
      this.on.onLate(result, this.names.get(scan.uuid));
      this.names.delete(scan.uuid);
    }
  }
}
