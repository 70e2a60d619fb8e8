/** Headers: their names are the same in upper and lower case (RFC 9110, 5.1). */

/** Of an answer; names are in lower case. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** The value of a header, lines that were sent several times joined; undefined where there is none. */
export function headerOf(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

/** `headers` and, where it names none of them, `defaults`. */
export function withDefaults(
  headers: Readonly<Record<string, string>>,
  defaults: Readonly<Record<string, string>>,
): Record<string, string> {
  const given = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  const missing = Object.entries(defaults).filter(([name]) => !given.has(name));
  return { ...headers, ...Object.fromEntries(missing) };
}

/** The media type without its parameters, in lower case: "application/json". */
export function mediaType(headers: Headers): string | undefined {
  return headerOf(headers, 'content-type')?.split(';')[0]?.trim().toLowerCase();
}
