// Behind the PIN: find a delegate by name, admit by hand, take a wrong scan back. Without
// network names are found in the index of the feed, whose key the PIN unwraps.

import * as server from "./server.js";
import * as store from "./store.js";
import * as vault from "./vault.js";

const FOUND = 20;
// As long as the server leaves the panel open; without network nobody else ends it.
const OPEN_MS = 15 * 60 * 1000;

// Letters without marks, as the index was folded.
const fold = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase().replace(/\s+/g, " ").trim();

export class Supervisor {
  // `scan()` makes a fresh scan, `offline(scan, line)` judges it here, `admitted` shows it.
  constructor(panel, { scan, offline, admitted }) {
    this.panel = panel;
    this.do = { scan, offline, admitted };
    this.words = panel.dataset;
    panel.querySelector("[data-pin]").addEventListener("submit", (event) => this.unlock(event));
    panel.querySelector("[data-find]").addEventListener("submit", (event) => this.find(event));
    panel.querySelector("[data-walk-in]").addEventListener("submit", (event) => this.walkIn(event));
    panel.querySelector("[data-lock]").addEventListener("click", () => this.lock());
  }

  say(text) {
    this.panel.querySelector("[data-supervisor-fault]").textContent = text;
  }

  lock() {
    clearTimeout(this.ending);
    this.session = this.lines = this.namesKey = this.until = undefined;
    this.show(false);
  }

  show(opened) {
    this.panel.querySelector("[data-pin]").hidden = opened;
    this.panel.querySelector("[data-opened]").hidden = !opened;
    this.list([]);
    this.say("");
  }

  async unlock(event) {
    event.preventDefault();
    const { pin, person } = event.target.elements;
    // Whose session it was is over, also where this one opens without the server.
    this.lock();
    try {
      await this.online(pin.value, person.value.trim());
    } catch (error) {
      if (error instanceof server.Refused) return this.say(error.message);
      if (!(await this.alone(pin.value))) return this.say(this.words.wrongOffline);
    } finally {
      pin.value = "";
    }
    this.welcome(person.value.trim());
    this.until = Date.now() + OPEN_MS;
    clearTimeout(this.ending);
    this.ending = setTimeout(() => this.end(), OPEN_MS);
    this.show(true);
    this.panel.querySelector("[name=q]").focus();
  }

  // What was half typed waits for whoever typed it, and for nobody else.
  welcome(person) {
    if (person !== this.person)
      for (const form of ["[data-find]", "[data-walk-in]"]) this.panel.querySelector(form).reset();
    this.person = person;
  }

  // A phone that slept wakes with its timer late: nothing is found or done before that is seen.
  isOver() {
    if (Date.now() < this.until) return false;
    this.end();
    return true;
  }

  end() {
    this.lock();
    this.say(this.words.over);
  }

  async online(pin, person) {
    const opened = await server.openUp(this.device.token, pin, person);
    this.session = opened.session;
    if (!vault.available) return;
    await store.keep("names", await vault.wrapped(opened.index_key, pin, opened.pin_iterations));
    await this.openNames(opened.index_key);
  }

  async alone(pin) {
    const names = vault.available && (await store.setting("names"));
    if (!names) return false;
    try {
      await this.openNames(await vault.unwrapped(names, pin));
      return true;
    } catch {
      return false;
    }
  }

  async openNames(text) {
    this.namesKey = await vault.keyFrom(text);
    this.lines = true;
  }

  async find(event) {
    event.preventDefault();
    if (this.isOver()) return;
    const text = event.target.elements.q.value.trim();
    if (fold(text).length < 2) return this.say(this.words.tooShort);
    this.say("");
    try {
      if (!this.session) throw new Error("opened without network");
      this.list((await server.find(this.device.token, this.session, text)).delegates);
    } catch (error) {
      if (error instanceof server.Refused) this.refused(error);
      else this.list(await this.findAlone(fold(text)));
    }
  }

  refused(error) {
    if (error.code === "supervisor_locked") this.lock();
    this.say(error.message);
  }

  // Opened line by line and kept nowhere: what is on the disk stays locked.
  async findAlone(text) {
    if (!this.lines) return [];
    const found = [];
    for (const { key, data } of await store.entries("index")) {
      const line = await vault.unseal(this.namesKey, key, data.sealed);
      if (line.found.includes(text)) found.push({ ...line, offline: true });
      if (found.length === FOUND) break;
    }
    return found;
  }

  list(delegates) {
    const list = this.panel.querySelector("[data-found]");
    list.replaceChildren(...delegates.map((each) => this.row(each)));
    if (!delegates.length && this.panel.querySelector("[name=q]").value) this.say(this.words.nobody);
  }

  row(each) {
    const row = this.panel.querySelector("template").content.firstElementChild.cloneNode(true);
    row.querySelector("[data-name]").textContent = each.name;
    const number = each.number ? String(each.number).padStart(4, "0") : "";
    row.querySelector("[data-facts]").textContent = [number, each.unit].filter(Boolean).join(" · ");
    row.querySelector("[data-state]").textContent = each.is_present ? this.words.present : "";
    row.querySelector("[data-admit]").addEventListener("click", () => this.admit(each));
    const back = row.querySelector("[data-back]");
    back.hidden = each.offline || !each.last_scan_id;
    back.addEventListener("submit", (event) => this.takeBack(event, each));
    return row;
  }

  async admit(each) {
    if (this.isOver()) return;
    const scan = this.do.scan();
    this.say("");
    try {
      const answer = each.offline
        ? await this.do.offline(scan, each)
        : await server.admit(this.device.token, this.session, each.delegate_id, scan);
      await this.do.admitted(answer, scan);
    } catch (error) {
      if (error instanceof server.Refused) this.refused(error);
      else this.say(this.words.silent);
    }
  }

  // Only with network: whether there is still room is the server's to say.
  async walkIn(event) {
    event.preventDefault();
    const form = event.target;
    this.say("");
    if (!this.session) return this.say(this.words.needsServer);
    try {
      const answer = await server.walkIn(this.device.token, this.session, Object.fromEntries(new FormData(form)));
      form.reset();
      await this.do.admitted(answer, { direction: "in" });
      this.say(this.words.walkedIn.replace("{code}", answer.badge_code));
    } catch (error) {
      if (error instanceof server.Refused) this.refused(error);
      else this.say(this.words.needsServer);
    }
  }

  async takeBack(event, each) {
    event.preventDefault();
    const reason = event.target.elements.reason.value.trim();
    if (!reason) return this.say(this.words.reason);
    try {
      await server.takeBack(this.device.token, this.session, each.last_scan_id, reason);
      this.list([]);
      this.say(this.words.takenBack);
    } catch (error) {
      if (error instanceof server.Refused) this.refused(error);
      else this.say(this.words.silent);
    }
  }
}
