// Suggests units while a code or a name is typed: a combobox with a list of its own, because a
// browser's own list knows no name without its accents. Without this file the field takes a
// code or a full name all the same.

const PAUSE_MS = 200;
const LEAST_LETTERS = 2;

function made(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}

function attach(input) {
  const list = made("ul", { id: `${input.id}-suggestions`, className: "suggestions", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.label);
  const status = made("p", { className: "visually-hidden" });
  status.setAttribute("role", "status");
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  input.after(list, status);

  let active = null;
  let timer = 0;
  let asked = null;

  function point(option) {
    active?.setAttribute("aria-selected", "false");
    active = option;
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", option.id);
    } else input.removeAttribute("aria-activedescendant");
  }

  function close() {
    clearTimeout(timer);
    asked?.abort();
    point(null);
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
  }

  function choose(option) {
    input.value = option.dataset.words;
    close();
    status.textContent = "";
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function show(units) {
    point(null);
    list.replaceChildren(
      ...units.map((unit, place) => {
        const option = made("li", { id: `${list.id}-${place}` });
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.words = unit.words;
        option.append(made("span", { textContent: unit.words }));
        if (unit.above) option.append(made("span", { className: "muted", textContent: unit.above }));
        return option;
      }),
    );
    list.hidden = units.length === 0;
    list.style.top = `${input.offsetTop + input.offsetHeight}px`;
    list.style.left = `${input.offsetLeft}px`;
    list.style.width = `${input.offsetWidth}px`;
    input.setAttribute("aria-expanded", String(!list.hidden));
    status.textContent = list.hidden
      ? input.dataset.none
      : input.dataset.some.replace("#", String(units.length));
  }

  async function ask() {
    asked?.abort();
    const text = input.value.trim();
    if (text.length < LEAST_LETTERS) {
      close();
      status.textContent = "";
      return;
    }
    const address = new URL(input.dataset.suggestions, location.href);
    address.searchParams.set("text", text);
    asked = new AbortController();
    try {
      const answer = await fetch(address, { signal: asked.signal });
      // Signed out meanwhile: the answer is a page, and what is typed can still be sent.
      if (answer.ok && !answer.redirected && document.activeElement === input) {
        show((await answer.json()).units);
      }
    } catch {
      // Asked anew, or no connection: the field works without suggestions.
    }
  }

  function later() {
    // What was pointed at belonged to the words before.
    point(null);
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MS);
  }

  function step(by) {
    const options = [...list.children];
    const from = options.indexOf(active);
    // Beyond either end lies the field itself.
    const to = from === -1 && by < 0 ? options.length - 1 : from + by;
    point(options[to] ?? null);
  }

  input.addEventListener("input", later);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) ask();
      else step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && active) {
      event.preventDefault();
      choose(active);
    } else if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      close();
    }
  });
  // The field keeps the focus, so that the list does not close under the finger.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
}

for (const input of document.querySelectorAll("input[data-suggestions]")) attach(input);
