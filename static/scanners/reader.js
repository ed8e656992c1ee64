// A hand scanner that types: digits in a burst, then Enter. The physical key is read, not
// the character, because Vietnamese input methods rewrite what is typed.

const BURST_MS = 300;
const SHORTEST = 12;
const KEY = /^(?:Digit|Numpad)(\d)$/;

export function listen(onCode) {
  let digits = "";
  let last = 0;
  document.addEventListener("keydown", (event) => {
    if (event.target.closest?.("input, select, textarea")) return;
    if (event.timeStamp - last > BURST_MS) digits = "";
    last = event.timeStamp;
    const key = KEY.exec(event.code);
    if (key && !event.ctrlKey && !event.altKey && !event.metaKey) {
      digits += key[1];
      event.preventDefault();
    } else if (event.code === "Enter" || event.code === "NumpadEnter") {
      if (digits.length >= SHORTEST) {
        event.preventDefault();
        onCode(digits);
      }
      digits = "";
    }
  });
}
