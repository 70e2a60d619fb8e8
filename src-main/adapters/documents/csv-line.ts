/** Lines of CSV (RFC 4180) that a spreadsheet may open. */

/**
 * One line, with its line break. A text that begins like a formula gets an apostrophe before it, so that it is shown and
 * not calculated: it may come from anywhere (https://owasp.org/www-community/attacks/CSV_Injection).
 */
export function csvLine(cells: readonly (string | number | null | undefined)[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

function cell(value: string | number | null | undefined): string {
  if (typeof value !== 'string') return value === null || value === undefined ? '' : String(value);
  const safe = /^[=+\-@＝＋－＠\t\r\n]/u.test(value) ? `'${value}` : value;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Before the first line: without it a spreadsheet takes UTF-8 for the code page of its system. */
export const CSV_BEGIN = '\ufeff';
