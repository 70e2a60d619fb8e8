/** Where the lines of a list are whose heights are the same, but for a few that are open. Pure. */

export interface Lines {
  count: number;
  lineHeight: number;
  /** By the index of a line, how many pixels it is higher than the others. */
  extras: ReadonlyMap<number, number>;
}

/** Where a line begins; that of the line after the last is the height of all. */
export function offsetOf({ lineHeight, extras }: Lines, index: number): number {
  let offset = index * lineHeight;
  for (const [open, extra] of extras) if (open < index) offset += extra;
  return offset;
}

/** The line that is at this height; the last one below all. */
export function lineAt(lines: Lines, offset: number): number {
  const { count, lineHeight, extras } = lines;
  let index = Math.floor(Math.max(0, offset) / lineHeight);
  let above = 0;
  for (const [open, extra] of [...extras].sort(([one], [other]) => one - other)) {
    const begins = open * lineHeight + above;
    const ends = begins + lineHeight + extra;
    if (offset < begins + lineHeight) break;
    if (offset < ends) {
      index = open;
      break;
    }
    above += extra;
    index = Math.floor((offset - above) / lineHeight);
  }
  return Math.max(0, Math.min(index, count - 1));
}
