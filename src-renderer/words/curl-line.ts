/** A callback as a line for a POSIX shell. Pure. */
import type { CallbackPreview } from '#shared/contract/callbacks.ts';

/** What curl sets by itself, from the URL and the body. */
const OWN = new Set(['content-length', 'host', 'connection', 'transfer-encoding']);

/** A `curl` command that sends the same bytes with the same headers. */
export function curlLine({ url, headers, body }: CallbackPreview): string {
  // Without --globoff brackets and braces in a URL are patterns.
  const parts = [`curl --globoff ${quotedForShell(url)}`];
  for (const [name, value] of Object.entries(headers)) {
    if (OWN.has(name.toLowerCase())) continue;
    // `name:` takes a header away; `name;` sends it empty.
    parts.push(`-H ${quotedForShell(value === '' ? `${name};` : `${name}: ${value}`)}`);
  }
  // --data-binary reads a file where its value begins with @.
  const option = body.startsWith('@') ? '--data-raw' : '--data-binary';
  parts.push(`${option} ${quotedForShell(body)}`);
  return parts.join(' \\\n  ');
}

/** One word of a POSIX shell, whatever is in it: between single quotes nothing has a meaning but the next quote. */
export function quotedForShell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
