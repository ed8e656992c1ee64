// Follows the feed: page after page into a place apart, then all of it at once.

import * as server from "./server.js";
import * as store from "./store.js";

const AGAIN_MS = 15000;
const SOON_MS = 400;
const language = document.documentElement.lang;

export class Feed {
  // `status()` gives what is told of this device with each call. `state` describes the whole
  // roster in use; `state.staged` how far the next one has come.
  constructor(token, status, { onLink, onState, onRevoked }) {
    this.token = token;
    this.status = status;
    this.on = { onLink, onState, onRevoked };
    this.busy = false;
    this.state = { next: 0 };
  }

  // What this device already holds; enough to judge badges before any answer comes.
  async load() {
    this.state = (await store.setting("feed")) ?? this.state;
    if (this.state.at && this.state.lang !== language) await this.anew();
    await this.endOfKeeping();
    this.on.onState(this.state);
  }

  async start() {
    this.timer = setInterval(() => this.follow(), AGAIN_MS * (0.8 + Math.random() * 0.4));
    addEventListener("online", () => this.follow());
    await this.follow();
  }

  stop() {
    clearInterval(this.timer);
    this.stopped = true;
  }

  async follow() {
    if (this.busy || this.stopped) return;
    this.busy = true;
    try {
      await this.endOfKeeping();
      while (!(await this.page())) if (this.pause) await new Promise((resolve) => setTimeout(resolve, SOON_MS));
    } catch (error) {
      if (error instanceof server.Refused && error.status === 401) this.on.onRevoked(error);
      else if (!(error instanceof server.Refused)) this.on.onLink(false);
    } finally {
      this.busy = false;
    }
  }

  // A roster outlives its congress by a day, whether or not there is a network to say so.
  async endOfKeeping() {
    const { keepUntil, offset = 0 } = this.state;
    if (!keepUntil || Date.now() + offset < Date.parse(keepUntil)) return;
    await this.wiped();
  }

  // One page; true when there is no more to ask for now.
  async page() {
    const { next, salt, staged } = this.state;
    const asked = Date.now();
    const told = await server.feed(this.token, staged?.next ?? next, await this.status());
    if (this.stopped) return true;
    this.on.onLink(true);
    if (told.wipe) return this.wiped();
    const followed = staged ? staged.salt : salt;
    if (told.reset || (followed && followed !== told.salt)) return this.anew();
    // An empty page that is not the last: the server is still locking the roster.
    this.pause = told.entries.length === 0;
    this.state.offset = Date.parse(told.server_time) - (asked + Date.now()) / 2;
    const reached = { next: told.next, salt: told.salt, anew: staged?.anew ?? false };
    this.state = { ...this.state, staged: reached };
    await store.stage(told.entries, this.state);
    if (told.complete) await this.whole(told, reached, asked);
    this.on.onState(this.state);
    return told.complete;
  }

  async whole(told, reached, asked) {
    this.state = {
      next: told.next,
      salt: told.salt,
      iterations: told.iterations,
      timeline: told.timeline,
      serves: told.serves,
      keepUntil: told.keep_until,
      offset: this.state.offset,
      at: new Date(asked + this.state.offset).toISOString(),
      lang: language,
    };
    await store.swap(this.state, reached.anew, asked);
  }

  async wiped() {
    await store.wipe();
    this.state = { next: 0, over: true };
    this.on.onState(this.state);
    return true;
  }

  // What the server counts is not what we followed: take it all again, beside what we have.
  async anew() {
    this.state = { ...this.state, staged: { next: 0, anew: true } };
    await store.stageNothing(this.state);
    return false;
  }
}
