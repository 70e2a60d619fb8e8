import { parseJson } from '#shared/json/parse-json.ts';

/** The draft of a new job with this callback URL. What is no whole document yet is left as it is. */
export function withCallbackUrl(text: string | null, url: string): string {
  const begun = parsed(text ?? '{}');
  return begun === null ? (text ?? '') : JSON.stringify({ ...EMPTY, ...begun, callback_url: url }, null, 2);
}

/** A job needs a task to be written in a form: a shell line, as a new one begins. */
const EMPTY = {
  job_type: 'job',
  metadata: { jobdeck: { version: 1, task: { kind: 'command', shell: '' } } },
};

function parsed(text: string): object | null {
  try {
    const value = parseJson(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    // Half typed: its author goes on with it.
    return null;
  }
}
