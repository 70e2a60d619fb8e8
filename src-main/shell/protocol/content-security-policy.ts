/**
 * What the page may do: its own scripts and styles, no eval, no inline script, no network. The nonce is for the
 * style elements that the UI kit and the editor make; it is a new one for each load.
 */
export function contentSecurityPolicy(nonce: string): string {
  return Object.entries({
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': `'self' 'nonce-${nonce}'`,
    'img-src': "'self' data:",
    'font-src': "'self'",
    'worker-src': "'self'",
    'connect-src': "'none'",
    'object-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
  })
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');
}

/** What stands in index.html where the page's nonce is to be. */
export const NONCE_PLACEHOLDER = '__CSP_NONCE__';
