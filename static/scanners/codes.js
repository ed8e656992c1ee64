// The code in what a camera, a hand scanner or a person gives. The check digit's table comes
// with the feed: what is right or wrong is the server's word.

const LENGTH = 17;
const PREFIX = /^(\][A-Za-z]\d)?(\\\d{6})?/;
const BETWEEN = /[\s.\-–—_·]+/g;

export function read(text, table) {
  const visible = text.normalize("NFKC").replace(/\p{Cf}/gu, "").trim();
  const digits = visible.replace(PREFIX, "").replace(BETWEEN, "");
  if (digits.length !== LENGTH || !/^\d+$/.test(digits)) return { fault: "not_a_code" };
  let interim = 0;
  for (const digit of digits) interim = Number(table[interim][Number(digit)]);
  return interim === 0 ? { code: digits } : { fault: "wrong_check_digit" };
}
