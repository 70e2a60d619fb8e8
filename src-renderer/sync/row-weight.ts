/** How large values are, roughly and quickly, so that a page or a message of them is never too large. */

/** What a value takes beside its text, characters. */
const EACH = 8;

/** About how many characters of JSON a value is; at least `enough` where it is that or more. */
export function weightOf(value: unknown, enough = Number.POSITIVE_INFINITY): number {
  const left: unknown[] = [value];
  let weight = 0;
  while (left.length > 0 && weight < enough) {
    const next = left.pop();
    weight += EACH;
    if (typeof next === 'string') weight += next.length;
    else if (Array.isArray(next)) for (const each of next) left.push(each);
    else if (typeof next === 'object' && next !== null) {
      for (const [key, each] of Object.entries(next)) {
        weight += key.length;
        left.push(each);
      }
    }
  }
  return weight;
}
