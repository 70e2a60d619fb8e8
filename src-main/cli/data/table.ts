/** Tables of text, a column two spaces from the next; the last one is as long as it is. */

const GAP = 2;
const MAX_WIDTH = 44;

export function widthsOf(rows: readonly (readonly string[])[]): number[] {
  const columns = rows[0]?.length ?? 0;
  return Array.from({ length: columns }, (_, column) =>
    Math.min(MAX_WIDTH, Math.max(...rows.map((cells) => (cells[column] ?? '').length))),
  );
}

/** One row, with its line break. */
export function tableRow(cells: readonly string[], widths: readonly number[]): string {
  const text = cells.map((cell, column) => cell.padEnd((widths[column] ?? 0) + GAP)).join('');
  return `${text.trimEnd()}\n`;
}

/** What others wrote is shown, and never acted on by the terminal. */
export function plain(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}
