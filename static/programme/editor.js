// Arranging the programme with the mouse, a finger or the keyboard. Whatever is done here ends
// in the form every item has anyway, and the server shows what it moves before anything is saved.

const announcer = document.getElementById("announcer");
const dialog = document.getElementById("preview-dialog");
const words = document.documentElement.lang === "en"
  ? {
      lifted: (name, place, of) => `${name} lifted. Place ${place} of ${of}.`,
      place: (place, of, session) => `Place ${place} of ${of}, ${session}.`,
      minutes: (minutes) => `${minutes} minutes.`,
      dropped: "Put back, nothing changed.",
      failed: "The server did not answer. Nothing was changed; try again.",
    }
  : {
      lifted: (name, place, of) => `Đã nhấc ${name}. Vị trí ${place} trên ${of}.`,
      place: (place, of, session) => `Vị trí ${place} trên ${of}, ${session}.`,
      minutes: (minutes) => `${minutes} phút.`,
      dropped: "Đã đặt lại chỗ cũ, không thay đổi gì.",
      failed: "Máy chủ không trả lời. Chưa có gì thay đổi, hãy thử lại.",
    };

const itemsOf = (list) => [...list.querySelectorAll(":scope > [data-item]")];
const listOf = (item) => item.closest("[data-session]");
const placeOf = (item) => itemsOf(listOf(item)).indexOf(item) + 1;

const say = (text) => {
  announcer.textContent = "";
  // Emptied first, so that the same words said twice are read twice.
  requestAnimationFrame(() => { announcer.textContent = text; });
};

// --- asking the server -------------------------------------------------------------------

const send = async (form, changes, goBack) => {
  const data = new FormData(form);
  for (const [name, value] of Object.entries(changes)) data.set(name, value);
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body: data });
  } catch {
    goBack();
    say(words.failed);
    return;
  }
  if (answer.redirected && answer.ok) {
    // Nobody else was touched, so it is done.
    const item = form.closest("[data-item]").id;
    location.hash = item;
    location.reload();
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const preview = page.getElementById("preview");
  if (!preview) {
    goBack();
    say(words.failed);
    return;
  }
  dialog.replaceChildren(document.adoptNode(preview));
  dialog.onclose = goBack;
  dialog.querySelector("[data-cancel]").addEventListener("click", (event) => {
    event.preventDefault();
    dialog.close();
  });
  dialog.showModal();
  dialog.querySelector("button[type=submit]").focus();
  say(dialog.querySelector("#preview-title").textContent);
};

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-arrange]");
  if (!form || !event.submitter) return;
  event.preventDefault();
  delete form.dataset.sent;
  send(form, { [event.submitter.name]: event.submitter.value }, () => event.submitter.focus());
});

// --- an item in the hand -----------------------------------------------------------------

let hand = null;

const lift = (item) => {
  hand = {
    item,
    list: listOf(item),
    before: item.nextElementSibling,
    place: placeOf(item),
    minutes: Number(item.dataset.minutes),
    wanted: Number(item.dataset.minutes),
  };
  item.classList.add("is-lifted");
  item.querySelector("[data-grip]").setAttribute("aria-pressed", "true");
};

const release = () => {
  hand.item.classList.remove("is-lifted");
  hand.item.querySelector("[data-grip]").setAttribute("aria-pressed", "false");
  for (const list of document.querySelectorAll(".is-target")) list.classList.remove("is-target");
  const held = hand;
  hand = null;
  return held;
};

const showMinutes = (item, minutes) => {
  const figure = item.querySelector(".run__minutes");
  figure.textContent = figure.textContent.replace(/\d+/, String(minutes));
};

const putBack = (held) => {
  held.list.insertBefore(held.item, held.before);
  showMinutes(held.item, held.minutes);
  held.item.querySelector("[data-grip]").focus();
};

const drop = () => {
  const held = release();
  const list = listOf(held.item);
  const place = placeOf(held.item);
  const changes = {};
  if (list !== held.list || place !== held.place) {
    changes.session = list.dataset.session;
    changes.place = place;
  }
  if (held.wanted !== held.minutes) changes.minutes = held.wanted;
  if (!Object.keys(changes).length) {
    putBack(held);
    say(words.dropped);
    return;
  }
  send(held.item.querySelector("[data-arrange]"), changes, () => putBack(held));
};

const cancel = () => {
  putBack(release());
  say(words.dropped);
};

// --- keyboard ----------------------------------------------------------------------------

const lists = () => [...document.querySelectorAll("[data-session]")];

const step = (by) => {
  const { item } = hand;
  const list = listOf(item);
  const items = itemsOf(list);
  const next = items[items.indexOf(item) + by];
  if (next) {
    if (by < 0) next.before(item); else next.after(item);
  } else {
    const other = lists()[lists().indexOf(list) + by];
    if (!other) return;
    if (by > 0) other.prepend(item); else other.append(item);
  }
  item.querySelector("[data-grip]").focus();
  item.scrollIntoView({ block: "nearest" });
  say(words.place(placeOf(item), itemsOf(listOf(item)).length, listOf(item).dataset.title));
};

const resize = (by) => {
  hand.wanted = Math.min(720, Math.max(0, hand.wanted + by));
  showMinutes(hand.item, hand.wanted);
  say(words.minutes(hand.wanted));
};

const KEYS = {
  ArrowUp: () => step(-1),
  ArrowDown: () => step(1),
  ArrowLeft: (event) => resize(event.shiftKey ? -5 : -1),
  ArrowRight: (event) => resize(event.shiftKey ? 5 : 1),
  Escape: cancel,
  Enter: drop,
  " ": drop,
};

const onKey = (event) => {
  const item = event.currentTarget.closest("[data-item]");
  if (!hand && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault();
    lift(item);
    say(words.lifted(item.dataset.name, placeOf(item), itemsOf(listOf(item)).length));
  } else if (hand?.item === item && KEYS[event.key]) {
    event.preventDefault();
    event.stopPropagation();
    KEYS[event.key](event);
  }
};

// --- mouse and finger --------------------------------------------------------------------

const under = (event) => {
  const found = document.elementFromPoint(event.clientX, event.clientY);
  return { list: found?.closest("[data-session]"), item: found?.closest("[data-item]") };
};

const onMove = (event) => {
  if (!hand) return;
  const { list, item } = under(event);
  if (!list) return;
  for (const each of lists()) each.classList.toggle("is-target", each === list);
  if (!item) {
    if (list !== listOf(hand.item)) list.append(hand.item);
    return;
  }
  if (item === hand.item) return;
  const box = item.getBoundingClientRect();
  if (event.clientY < box.top + box.height / 2) item.before(hand.item); else item.after(hand.item);
};

// Near an edge the page moves on, so that an item gets anywhere in one go.
const EDGE_PX = 60;
const onDrag = (event) => {
  if (event.clientY < EDGE_PX) window.scrollBy(0, -20);
  if (event.clientY > window.innerHeight - EDGE_PX) window.scrollBy(0, 20);
  onMove(event);
};

const onDown = (event) => {
  if (event.button !== 0 || hand) return;
  const grip = event.currentTarget;
  event.preventDefault();
  grip.focus();
  lift(grip.closest("[data-item]"));
  const stop = new AbortController();
  const listen = (name, act) => window.addEventListener(name, act, { signal: stop.signal });
  listen("pointermove", onDrag);
  listen("pointerup", () => { stop.abort(); if (hand) drop(); });
  listen("pointercancel", () => { stop.abort(); if (hand) cancel(); });
};

for (const grip of document.querySelectorAll("[data-grip]")) {
  grip.hidden = false;
  grip.setAttribute("aria-pressed", "false");
  grip.setAttribute("aria-describedby", "keys");
  grip.addEventListener("keydown", onKey);
  grip.addEventListener("pointerdown", onDown);
  grip.addEventListener("blur", () => {
    // Moving the item in the page takes the focus away for a moment.
    setTimeout(() => { if (hand && hand.item.contains(grip) && document.activeElement !== grip) grip.focus(); });
  });
}

const keys = document.getElementById("keys");
if (keys) keys.hidden = false;

// Back on the page after something was applied: go on where one was, and hear the new time.
// Going to the address's fragment takes the focus away, so this waits until that is over.
const resume = () => {
  const item = location.hash.startsWith("#item-") && document.querySelector(location.hash);
  if (!item) return;
  item.querySelector("[data-grip]")?.focus();
  const times = item.querySelector(".run__time").textContent.trim().replace(/\s+/g, " ");
  say(`${item.dataset.name}: ${times}`);
};

if (document.readyState === "complete") setTimeout(resume);
else window.addEventListener("load", () => setTimeout(resume));
