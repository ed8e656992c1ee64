// Follows a job without reloading the page; without scripts the page refreshes itself.

const EVERY_MS = 1000;
const job = document.getElementById("job");
const bar = job.querySelector("progress");
const figure = job.querySelector(".meter__figure");
const step = job.querySelector("[role=status]");

async function look() {
  let now;
  try {
    const answer = await fetch(job.dataset.url, { headers: { Accept: "application/json" } });
    if (!answer.ok) return location.reload();
    now = await answer.json();
  } catch {
    return setTimeout(look, 4 * EVERY_MS); // the network is away for a moment
  }
  // What the page was not made to show (an end, a size now known) it shows anew.
  if (now.over || Boolean(now.total) !== Boolean(figure)) return location.reload();
  if (figure) {
    figure.textContent = now.figure;
    bar.max = now.total;
    bar.value = now.done;
  }
  if (now.stopping) return setTimeout(look, EVERY_MS); // the page says so already
  const words = now.step || now.state_label;
  if (step.textContent !== words) step.textContent = words;
  return setTimeout(look, EVERY_MS);
}

setTimeout(look, EVERY_MS);
