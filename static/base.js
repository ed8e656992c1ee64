// Comfort on top of pages that work without it.

// A form is sent once. The pause ends by itself because a download leaves the page standing.
const PAUSE_MS = 4000;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, PAUSE_MS);
});

// Coming back with the browser's own button shows the page as it was left, guard included.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

const MENUS = "details.menu[open], details.dropdown[open], details.confirm[open]";

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll(MENUS)) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(MENUS)) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// Only sideways: scrollIntoView would move the page as well.
const openTab = document.querySelector(".tabs [aria-current]");
if (openTab) {
  const strip = openTab.closest(".tabs");
  strip.scrollLeft = openTab.offsetLeft - (strip.clientWidth - openTab.offsetWidth) / 2;
}

// Jumping from the list of errors to a group of choices must land on something that can be operated.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".errors a");
  const target = link && document.getElementById(link.hash.slice(1));
  (target?.matches("fieldset") ? target.querySelector("input") : target)?.focus();
});
