// Scans on their way: asked live first; when the server is silent they wait here, on disk,
// and go up in batches under the SAME uuid, so that nothing is counted twice or lost.

import * as server from "./server.js";
import * as store from "./store.js";

const RETRY_MS = 3000;
const BATCH = 100;

export class Outbox {
  constructor(token, { onLink, onQueue, onLate, onRevoked }) {
    this.token = token;
    this.on = { onLink, onQueue, onLate, onRevoked };
    this.sending = false;
    setInterval(() => this.drain(), RETRY_MS);
    addEventListener("online", () => this.drain());
  }

  // Ask about one scan. Resolves to the server's answer, or to null when it kept silent
  // and the scan now waits on this device.
  async ask(scan) {
    await store.queue(scan);
    try {
      const answer = await server.scan(this.token, scan);
      await store.settle(scan.uuid);
      this.on.onLink(true);
      await this.tell();
      return answer;
    } catch (error) {
      return this.failed(scan, error);
    }
  }

  async failed(scan, error) {
    if (error instanceof server.Refused) {
      this.on.onLink(true);
      if (error.status === 401) {
        this.on.onRevoked(error.message);
        return null;
      }
      await store.settle(scan.uuid);
      await this.tell();
      return { verdict: "refused", reason: error.code, message: error.message, delegate: null };
    }
    this.on.onLink(false);
    await this.tell();
    return null;
  }

  async tell() {
    this.on.onQueue((await store.waiting()).length);
  }

  // Send what waits. A scan leaves the device only after the server named its uuid.
  async drain() {
    if (this.sending) return;
    this.sending = true;
    try {
      const scans = (await store.waiting()).slice(0, BATCH);
      if (scans.length) await this.send(scans);
    } catch (error) {
      if (error instanceof server.Refused && error.status === 401) this.on.onRevoked(error.message);
      else this.on.onLink(false);
    } finally {
      this.sending = false;
    }
    await this.tell();
  }

  async send(scans) {
    const { results } = await server.upload(this.token, scans);
    this.on.onLink(true);
    for (const [index, result] of results.entries()) {
      await store.settle(scans[index].uuid);
      this.on.onLate(scans[index], result);
    }
  }
}
