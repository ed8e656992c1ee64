// Keeps the preview in step with the form. The server draws it: from the marks it prints.

const form = document.getElementById("design");
const preview = document.getElementById("preview");
const PAUSE_MS = 350;
let timer = 0;
let newest = 0;

function show(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  preview.replaceChildren(...page.body.childNodes);
}

async function refresh() {
  const mine = ++newest;
  preview.classList.add("is-stale");
  try {
    const answer = await fetch(preview.dataset.url, { method: "POST", body: new FormData(form) });
    if (mine !== newest) return;
    if (!answer.ok && answer.status !== 422) throw new Error(String(answer.status));
    show(await answer.text());
  } catch {
    if (mine === newest) preview.textContent = preview.dataset.offline;
  } finally {
    if (mine === newest) preview.classList.remove("is-stale");
  }
}

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(refresh, PAUSE_MS);
});
