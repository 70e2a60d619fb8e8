/** Where the window's page lives. Everything else is foreign. */
export const APP_SCHEME = 'app';
const APP_HOST = 'jobdeck';
export const WINDOW_URL = `${APP_SCHEME}://${APP_HOST}/index.html`;

/**
 * True for addresses of the application's own page and files. Compares scheme and host, because the origin of a
 * URL with a scheme of one's own is the string `null` in Node.
 */
export function isAppUrl(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return url.protocol === `${APP_SCHEME}:` && url.host === APP_HOST && url.username === '';
}
