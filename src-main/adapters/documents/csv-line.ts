/** Lines of CSV (RFC 4180) that a spreadsheet may open. */

/**
 * One line, with its line break. What a spreadsheet would calculate gets an apostrophe before it, so that it is shown: it
 * may come from anywhere (https://owasp.org/www-community/attacks/CSV_Injection). That is a text that begins like a
 * formula; and as there are spreadsheets that separate by semicolons or tabs, for which the quotes of a cell are none,
 * also what follows one of these, or a line break, inside of a text.
 */
export function csvLine(cells: readonly (string | number | null | undefined)[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

function cell(value: string | number | null | undefined): string {
  if (typeof value !== 'string') return value === null || value === undefined ? '' : String(value);
  const safe = value.replace(FORMULA, "'$&");
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const FORMULA = /^[=+\-@＝＋－＠\t\r\n]|(?<=[;\t\r\n]"*)[=+\-@＝＋－＠]/gu;

/** Before the first line: without it a spreadsheet takes UTF-8 for the code page of its system. */
export const CSV_BEGIN = '\ufeff';
