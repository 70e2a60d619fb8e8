const numbers = new Intl.NumberFormat();

/** "1 job", "1,204 jobs". */
export function countOf(count: number, noun: string): string {
  return `${numbers.format(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** A number in the person's locale. */
export function formatCount(count: number): string {
  return numbers.format(count);
}
