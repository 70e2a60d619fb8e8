/** A request that arrived at the receiver, in one line. */
import { assertNever } from '#shared/app-error.ts';
import type { ReceivedCallback } from '#shared/contract/callbacks.ts';
import { parseJson } from '#shared/json/parse-json.ts';
import { plain } from '../data/table.ts';

/** Without its line break. */
export function receivedWords(received: ReceivedCallback): string {
  const { number, at, status, method, path, isRepeat, webhookId } = received;
  const parts = [
    `${number}`,
    at.slice('2026-11-24T'.length, '2026-11-24T18:00:00'.length),
    `${status}`,
    `${method} ${path}`,
    ...toldOf(received),
    verdictWords(received),
    ...(webhookId === null ? [] : [isRepeat ? `${webhookId} again` : webhookId]),
  ];
  return plain(parts.join('  '));
}

/** `job.completed job-...`, where the body is one of Jobdeck or one alike. */
function toldOf({ body, isCut }: ReceivedCallback): string[] {
  if (isCut) return ['cut off'];
  const { type, job_id, run_id } = fieldsOf(body);
  return [type, job_id ?? run_id].filter((value) => typeof value === 'string');
}

function fieldsOf(body: string): Record<string, unknown> {
  try {
    const value = parseJson(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {}; // anything may be sent here
  }
}

function verdictWords({ verdict, problem, at, headers }: ReceivedCallback): string {
  switch (verdict) {
    case 'valid': {
      const ageS = Math.round(Date.parse(at) / 1000 - Number(headers['webhook-timestamp']));
      return `valid signature, ${ageS} s old`;
    }
    case 'not-checked':
      return problem ?? ('webhook-signature' in headers ? 'signature not checked' : 'not signed');
    case 'invalid':
      return `INVALID signature: ${problem}`;
    case 'unsigned':
      return 'NOT SIGNED';
    default:
      return assertNever(verdict);
  }
}
