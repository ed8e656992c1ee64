// "Now" moves on by itself near and during the congress; a reload by hand says the same.

const EVERY_MS = 60000;

setInterval(() => {
  const busy = document.activeElement?.matches("input, textarea") || document.querySelector("details[open]");
  if (!document.hidden && !busy) location.reload();
}, EVERY_MS);

document.addEventListener("visibilitychange", () => {
  if (!document.hidden && performance.now() > EVERY_MS) location.reload();
});
