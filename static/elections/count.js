// The teller's sheet tells while typing what cannot be true. The page only sums columns;
// the rules are asked of the server. Without this script saving says the same.

const WAIT_MS = 400;

const form = document.querySelector("form.tally");
const list = document.getElementById("faults");
let timer;
let asked = 0;

function whole(input) {
  const text = input.value.replace(/[. ]/g, "");
  return /^\d+$/.test(text) ? Number(text) : null;
}

function sum(part) {
  const shown = part.querySelector(".tally__sum");
  if (!shown) return;
  const values = [...part.querySelectorAll("input")].map(whole);
  shown.hidden = values.every((value) => value === null);
  const total = values.reduce((so_far, value) => so_far + (value ?? 0), 0);
  shown.querySelector("output").textContent = total.toLocaleString("vi-VN");
}

function show(faults) {
  const suspects = new Set(faults.flatMap((fault) => fault.cells));
  for (const input of form.querySelectorAll("input.control")) {
    input.classList.toggle("is-suspect", suspects.has(input.name));
  }
  list.replaceChildren();
  if (!faults.length) return;
  const box = document.createElement("div");
  box.className = "errors";
  const title = document.createElement("h3");
  title.textContent = document.getElementById("fault-title").content.textContent;
  const lines = document.createElement("ul");
  for (const fault of faults) {
    const line = document.createElement("li");
    line.textContent = fault.message;
    lines.append(line);
  }
  box.append(title, lines);
  list.append(box);
}

async function check() {
  const mine = ++asked;
  try {
    const response = await fetch(form.dataset.check, { method: "POST", body: new FormData(form) });
    if (response.ok && mine === asked) show((await response.json()).faults);
  } catch {
    // No network: saving asks the same again.
  }
}

if (form) {
  const parts = [...form.querySelectorAll(".tally__part")];
  parts.forEach(sum);
  form.addEventListener("input", (event) => {
    const part = event.target.closest(".tally__part");
    if (part) sum(part);
    clearTimeout(timer);
    timer = setTimeout(check, WAIT_MS);
  });
}
