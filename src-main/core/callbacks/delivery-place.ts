/** Where a delivery leads, as far as its URL says it. */

/** Whose turn it takes, `example.org:8443`; empty where the URL is none, and where it has no host. */
export function hostOf(url: string): string {
  return URL.parse(url)?.host ?? '';
}

/** What is allowed or not, `https://example.org:8443`; empty where the URL is none. */
export function originOf(url: string): string {
  return URL.parse(url)?.origin ?? '';
}
