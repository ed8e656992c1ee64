// What the programme says at an instant; agenda/personal.py is the same rule on the server.

const ZONE = "Asia/Ho_Chi_Minh";

export const time = (moment) =>
  new Intl.DateTimeFormat("vi-VN", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: ZONE }).format(moment);

// "07:30 15/06/2020", as the server writes it.
export function instant(moment) {
  const date = new Intl.DateTimeFormat("en-GB", { day: "2-digit", month: "2-digit", year: "numeric", timeZone: ZONE });
  return `${time(moment)} ${date.format(moment)}`;
}

// "2020-06-15" on the venue's wall.
export const day = (moment) => new Intl.DateTimeFormat("sv-SE", { timeZone: ZONE }).format(moment);

export function until(starts, at, words) {
  const minutes = Math.round((starts - at) / 60000);
  if (minutes <= 0) return words.on;
  if (minutes < 90) return words.minutes.replace("{count}", minutes);
  const hours = Math.round(minutes / 60);
  if (hours < 36) return words.hours.replace("{count}", hours);
  return words.days.replace("{count}", Math.round(hours / 24));
}

export function state(line, at) {
  if (line.ends <= at) return "done";
  return line.starts <= at ? "now" : "coming";
}

export function standing(lines, at) {
  const running = lines.filter((line) => state(line, at) === "now");
  const onTheLine = running.filter((line) => !line.parallel);
  const coming = lines.filter((line) => line.starts > at);
  return {
    now: onTheLine.length ? onTheLine : running,
    next: coming.reduce((first, line) => (first && first.starts <= line.starts ? first : line), null),
    mine: lines.find((line) => line.mine && line.ends > at) ?? null,
  };
}
