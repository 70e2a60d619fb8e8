/** The nonce that the content security policy lets style elements in with; the page is served with it. */
export function readNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
}
