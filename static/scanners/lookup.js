// The verdict without network. Nothing is decided here: every verdict was made by the server
// and came with the feed; what is looked up is which row applies.

import { read } from "./codes.js";
import * as store from "./store.js";
import * as vault from "./vault.js";

const ZONE = "Asia/Ho_Chi_Minh";
const CLOCK = new Intl.DateTimeFormat("vi-VN", {
  timeZone: ZONE, hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false,
});
const DAY = new Intl.DateTimeFormat("vi-VN", { timeZone: ZONE, day: "2-digit", month: "2-digit" });

export const nowAt = (feed) => new Date(Date.now() + (feed?.offset ?? 0));

// The row of the timeline that holds at an instant.
export const rowAt = (feed, at) => feed.timeline.findLast((row) => !row.from || new Date(row.from) <= at);

export const placeOf = (session, locator) => `${session}|${locator}`;

// Where the delegate stands: what this door saw itself, else what the server told last.
async function standingOf(session, locator) {
  const id = placeOf(session, locator);
  return (await store.standing(id)) ?? (await store.entry("presence", id)) ?? { standing: "never" };
}

function spoken(text, { at, gate }) {
  const moment = at ? `${CLOCK.format(new Date(at))} ${DAY.format(new Date(at)).replace("-", "/")}` : "";
  return text.replace("{time}", moment).replace("{gate}", gate ?? "");
}

async function cardOf(locator, key) {
  const found = await store.entry("badge", locator);
  return found ? vault.unseal(key, locator, found.sealed) : null;
}

// What an offline door answers, in the shape of the server's answer, with the badge's locator
// and session beside it. Null when this device has no whole roster or cannot open it.
export async function verdict(text, direction, feed) {
  if (!vault.available || !feed?.at) return null;
  const reading = read(text, (await store.entry("word", "check")).table);
  if (!reading.code) return misread(reading.fault, direction, feed);
  const { locator, key } = await vault.lockOf(reading.code, feed);
  return judged(await cardOf(locator, key), locator, direction, feed);
}

// The same for a delegate found by name: the line of the index holds card and locator.
export const verdictFor = (line, direction, feed) => judged(line, line.locator, direction, feed);

async function misread(fault, direction, feed) {
  if (fault !== "wrong_check_digit") return judged(null, "", direction, feed);
  const { answer } = await store.entry("verdict", "misread");
  return { ...(await store.entry("answer", answer)), delegate: null };
}

async function judged(card, locator, direction, feed) {
  const { session_id: session, window } = rowAt(feed, nowAt(feed));
  const table = await store.entry("verdict", `${card?.kind ?? ""}|${session}`);
  const where = card ? await standingOf(session, locator) : { standing: "never" };
  const standing = where.gate && where.standing !== "never" ? `${where.standing}_gate` : where.standing;
  const answer = await store.entry("answer", table[window][direction][standing]);
  return {
    verdict: answer.verdict,
    reason: answer.reason,
    message: spoken(answer.text, where),
    delegate: card && { ...card, category_label: (await store.entry("word", `category.${card.category}`))?.text },
    locator: card ? locator : undefined,
    session,
  };
}

// Somebody went in or out here; the next badge is judged by it, network or not.
export async function note(session, locator, direction, gate, at, told) {
  if (!locator) return;
  const id = placeOf(session, locator);
  const before = await standingOf(session, locator);
  const row = before.at ? { at: before.at, gate: before.gate } : { at, gate };
  await store.stand({ id, ...row, standing: direction === "in" ? "in" : "left", told });
}

// The server has answered for what was noted; the next whole feed may take its place.
export async function settled(session, locator, told) {
  const row = locator && (await store.standing(placeOf(session, locator)));
  if (row) await store.stand({ ...row, told });
}

// How many are in the hall of the session now, and how many came through a gate.
export async function counted(feed, gate) {
  const { session_id: session } = rowAt(feed, nowAt(feed));
  const rows = new Map((await store.entries("presence")).map(({ key, data }) => [key, data]));
  for (const row of await store.standings()) rows.set(row.id, row);
  const here = [...rows].filter(([id]) => id.startsWith(`${session}|`)).map(([, row]) => row);
  return {
    present: here.filter((row) => row.standing === "in").length,
    gate: here.filter((row) => row.standing !== "never" && (row.gate ?? "") === (gate ?? "")).length,
  };
}
