// Seats moved by mouse or keyboard. Without this file the panel of a seat does the same.
const seats = [...document.querySelectorAll(".seat")];
const form = document.getElementById("move");
const spoken = document.getElementById("spoken");
const plan = document.querySelector(".hall__plan");
let lifted = null;
let target = null;
let start = null;
let dragged = false;

const at = new Map(seats.map((seat) => [`${seat.dataset.x},${seat.dataset.y}`, seat]));

// One seat takes the Tab key, the arrows reach the others.
function rove(seat) {
  for (const one of seats) one.setAttribute("tabindex", one === seat ? "0" : "-1");
}

function say(text) {
  spoken.textContent = text;
}

function lift(seat) {
  lifted = seat;
  seat.classList.add("is-lifted");
  say(`${spoken.dataset.up}: ${seat.getAttribute("aria-label")}`);
}

function drop() {
  lifted?.classList.remove("is-lifted");
  target?.classList.remove("is-target");
  lifted = target = start = null;
}

function move(from, to) {
  if ("blocked" in to.dataset) {
    say(spoken.dataset.blocked);
    return;
  }
  form.action = form.dataset.address.replace("/seats/0/", `/seats/${from.dataset.seat}/`);
  form.elements.version.value = from.dataset.version;
  form.elements.target.value = to.dataset.seat;
  form.elements.target_version.value = to.dataset.version;
  form.submit();
}

// The nearest seat in the direction: across aisles, and from a long row to a short one.
function neighbour(seat, dx, dy) {
  const x = Number(seat.dataset.x);
  const y = Number(seat.dataset.y);
  for (let step = 1; step <= 120; step += 1) {
    if (dx) {
      const found = at.get(`${x + dx * step},${y}`);
      if (found) return found;
    } else {
      const row = seats.filter((one) => Number(one.dataset.y) === y + dy * step);
      if (row.length) {
        return row.reduce((best, one) =>
          Math.abs(one.dataset.x - x) < Math.abs(best.dataset.x - x) ? one : best,
        );
      }
    }
  }
  return null;
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

plan.addEventListener("keydown", (event) => {
  const seat = event.target.closest(".seat");
  if (!seat) return;
  if (ARROWS[event.key]) {
    event.preventDefault();
    const next = neighbour(seat, ...ARROWS[event.key]);
    if (next) {
      rove(next);
      next.focus();
    }
  } else if (event.key === " ") {
    event.preventDefault();
    if (lifted && lifted !== seat) move(lifted, seat);
    else if (lifted) drop();
    else if ("taken" in seat.dataset) lift(seat);
  } else if (event.key === "Escape" && lifted) {
    drop();
    say(spoken.dataset.off);
  }
});

plan.addEventListener("dragstart", (event) => event.preventDefault());

plan.addEventListener("pointerdown", (event) => {
  const seat = event.target.closest(".seat");
  dragged = false;
  if (seat && "taken" in seat.dataset && event.button === 0 && event.pointerType === "mouse") {
    start = { seat, x: event.clientX, y: event.clientY };
  }
});

document.addEventListener("pointermove", (event) => {
  if (!start) return;
  if (!lifted && Math.hypot(event.clientX - start.x, event.clientY - start.y) > 6) {
    lift(start.seat);
    dragged = true;
  }
  if (!lifted) return;
  const over = document.elementFromPoint(event.clientX, event.clientY)?.closest(".seat") ?? null;
  if (over !== target) {
    target?.classList.remove("is-target");
    target = over;
    target?.classList.add("is-target");
  }
});

document.addEventListener("pointerup", () => {
  if (!start) return;
  const [from, to] = [lifted, target];
  drop();
  if (from && to && from !== to) move(from, to);
});

// The end of a drag is no click on a link.
plan.addEventListener("click", (event) => {
  if (dragged) event.preventDefault();
  dragged = false;
});

const shown = document.getElementById(location.hash.slice(1));
rove(seats.includes(shown) ? shown : seats[0]);
if (seats.includes(shown) || shown?.id === "panel") shown.focus();
