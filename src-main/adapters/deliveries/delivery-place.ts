/** Where a delivery leads, as far as its URL says it. */

/** Whose turn it takes, `example.org:8443`; `?` where the URL is none or names no host. */
export function hostOf(url: string): string {
  return URL.parse(url)?.host || '?';
}

/** What is allowed or not, `https://example.org:8443`; `null` where the URL is none or has no origin. */
export function originOf(url: string): string {
  return URL.parse(url)?.origin ?? 'null';
}
