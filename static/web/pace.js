// In how many milliseconds to ask again: in a crowd the server says later.

export function pace(response, calm, most) {
  const told = Number(response.headers.get("Ask-Again")) * 1000;
  return Math.min(Math.max(told || 0, calm), most);
}
