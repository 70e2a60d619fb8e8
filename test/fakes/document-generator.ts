/**
 * Documents by the seed: valid ones of every shape the schema allows, nearly valid ones that a known slip was made in, and
 * hostile ones. The same seed gives the same documents.
 */
import type { RepairKind } from '#shared/contract/documents.ts';
import { type BatchJob, JOB_STATUSES, JOB_TYPES, STOP_REASONS } from '#shared/job/batch-job.ts';
import { RETRY_CAUSES } from '#shared/job/jobdeck-metadata.ts';
import { completeDocument } from '#shared/job/new-job.ts';
import { HOSTILE_WAYS, hostileDocument } from './hostile-documents.ts';
import { nearlyValidDocument } from './nearly-valid-documents.ts';
import { Random } from './random.ts';

export type Fields = Record<string, unknown>;

/** A document that an import repairs: its text, and the kinds of repair that it needs. */
export interface NearlyValidDocument {
  text: string;
  kinds: RepairKind[];
}

/** A document that no import takes. */
export interface HostileDocument {
  /** What is wrong with it, in a few words. */
  what: string;
  bytes: Uint8Array;
  /** The JSON Pointer that the first problem has. */
  path: string;
}

export interface DocumentGenerator {
  /** A document that is strictly valid, with any of its properties absent; it has an id and a time. */
  valid(): Fields;
  /** A whole record, as the history keeps it: what was running is not among them. */
  record(): BatchJob;
  /** With one to three slips. */
  nearlyValid(): NearlyValidDocument;
  hostile(): HostileDocument;
}

export function createDocumentGenerator(seed: number): DocumentGenerator {
  const random = new Random(seed);
  const valid = () => validDocument(random);
  return {
    valid,
    record() {
      const document = valid();
      if (document.status === 'running' || document.status === 'pending') document.status = 'completed';
      return completeDocument(document as Partial<BatchJob>, {
        now: '2026-01-01T00:00:00Z',
        uuid: () => random.uuid(),
        by: null,
      });
    },
    nearlyValid: () => nearlyValidDocument(random, valid()),
    hostile: () => hostileDocument(valid(), random.pick(HOSTILE_WAYS)),
  };
}

function validDocument(random: Random): Fields {
  const jobType = random.pick(JOB_TYPES);
  const status = random.pick(JOB_STATUSES);
  const whole: Fields = {
    created_by_id: random.maybe(() => `user-${random.uuid()}`),
    last_updated_by_id: random.maybe(() => `user-${random.uuid()}`),
    updated_at: random.maybe(() => dateTime(random)),
    status,
    completed_at: random.maybe(() => dateTime(random)),
    stop_reason: random.maybe(() => random.pick(STOP_REASONS)),
    metadata: random.maybe(() => metadata(random)),
    background: random.maybe(() => random.chance(0.5)),
    agent_id: random.maybe(() => `agent-${random.uuid()}`),
    callback_url: random.maybe(() => `https://example.org/${random.word()}`),
    callback_sent_at: random.maybe(() => dateTime(random)),
    callback_status_code: random.maybe(() => random.between(100, 599)),
    callback_error: random.maybe(() => text(random)),
    ttft_ns: random.maybe(() => random.between(0, Number.MAX_SAFE_INTEGER)),
    total_duration_ns: random.maybe(() => random.between(0, Number.MAX_SAFE_INTEGER)),
  };
  const kept = Object.entries(whole).filter(() => random.chance(0.8));
  const own: Fields = { id: id(random, jobType), job_type: jobType, created_at: dateTime(random) };
  return Object.fromEntries(random.shuffled([...Object.entries(own), ...kept]));
}

/** Of a UUID, in either case; or with more behind it, since the schema's pattern is not anchored at its end. */
function id(random: Random, jobType: string): string {
  const prefix = jobType === 'run' ? 'run' : 'job';
  const uuid = random.uuid();
  const form = random.between(0, 9);
  if (form === 0) return `${prefix}-${uuid.toUpperCase()}`;
  if (form === 1) return `${prefix}-${uuid}/${random.word()}`;
  return `${prefix}-${uuid}`;
}

/** RFC 3339 in all its forms: fractions of any length, offsets, small letters, leap days and a leap second. */
function dateTime(random: Random): string {
  if (random.chance(0.02)) return '2016-12-31T23:59:60Z';
  if (random.chance(0.02)) return '2024-02-29T12:00:00Z';
  const two = (from: number, to: number) => String(random.between(from, to)).padStart(2, '0');
  const date = `${random.between(1970, 2099)}-${two(1, 12)}-${two(1, 28)}`;
  const digits = random.between(0, 9);
  const fraction =
    digits === 0 ? '' : `.${String(random.between(0, 10 ** digits - 1)).padStart(digits, '0')}`;
  const offset = random.chance(0.8)
    ? 'Z'
    : `${random.pick(['+', '-'])}${two(0, 14)}:${random.pick(['00', '30', '45'])}`;
  const written = `${date}T${two(0, 23)}:${two(0, 59)}:${two(0, 59)}${fraction}${offset}`;
  return random.chance(0.05) ? written.toLowerCase() : written;
}

function metadata(random: Random): Fields {
  const free = Object.fromEntries(
    Array.from({ length: random.between(0, 4) }, () => [name(random), anything(random, 3)]),
  );
  return random.chance(0.6) ? { ...free, jobdeck: jobdeck(random) } : free;
}

function jobdeck(random: Random): Fields {
  const whole: Fields = {
    name: random.word(),
    tags: Array.from({ length: random.between(0, 4) }, () => random.word()),
    notes: text(random),
    queue: random.pick(['default', 'nights', 'Ärzte']),
    priority: random.between(-100, 100),
    after: [`job-${random.uuid()}`],
    after_condition: random.pick(['completed', 'ended']),
    not_before: random.maybe(() => dateTime(random)),
    deadline: random.maybe(() => dateTime(random)),
    timeout_ms: random.maybe(() => random.between(1, 1e9)),
    retry: { max_attempts: random.between(1, 9), on: [random.pick(RETRY_CAUSES)] },
    on_interrupt: random.pick(['fail', 'rerun']),
    task: task(random),
    concurrency: random.between(1, 64),
    imported: { user_id: `user-${random.uuid()}` },
    error: { code: 'exit-code', message: text(random) },
    result: {
      exit_code: random.between(0, 255),
      stdout: text(random),
      stdout_bytes: random.between(0, 1e12),
    },
  };
  return { version: 1, ...Object.fromEntries(Object.entries(whole).filter(() => random.chance(0.5))) };
}

function task(random: Random): Fields {
  switch (random.between(0, 4)) {
    case 0:
      return {
        kind: 'command',
        program: random.word(),
        args: [text(random)],
        env: { [random.word()]: text(random) },
      };
    case 1:
      return { kind: 'command', shell: `echo ${random.word()}` };
    case 2:
      return { kind: 'script', interpreter: 'python3', source: `print(${random.between(0, 9)})\n` };
    case 3:
      return { kind: 'http', method: 'POST', url: 'https://example.org/', body: anything(random, 2) };
    default:
      return {
        kind: 'llm',
        endpoint: 'chat/completions',
        request: { messages: [{ role: 'user', content: text(random) }] },
      };
  }
}

/** Any JSON, no deeper than `depth`. */
function anything(random: Random, depth: number): unknown {
  const length = random.between(0, 4);
  switch (random.between(0, depth > 0 ? 7 : 5)) {
    case 0:
      return text(random);
    case 1:
      return random.between(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
    case 2:
      return random.next() * 10 ** random.between(-300, 300);
    case 3:
      return random.chance(0.5);
    case 4:
      return null;
    case 5:
      return random.word();
    case 6:
      return Array.from({ length }, () => anything(random, depth - 1));
    default:
      return Object.fromEntries(Array.from({ length }, () => [name(random), anything(random, depth - 1)]));
  }
}

/** A name of free metadata: anything but what is refused anywhere. */
function name(random: Random): string {
  return random.pick([
    random.word(),
    '',
    ' ',
    'a/b',
    'a~b',
    'ключ',
    '键',
    'constructor',
    'toString',
    '"',
    '\\',
  ]);
}

/** What breaks programs that take text for granted. */
const PIECES = [
  '"',
  '\\',
  '\n',
  '\t',
  ' ',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '//',
  '#',
  'é',
  'é',
  '漢字',
  '🏔️',
  '👩‍👩‍👧',
  '\u2028',
  '\u202e',
  '\ufeff',
  'מבחן',
  '{{item.x}}',
  '1e5',
  'NaN',
];

function text(random: Random): string {
  return Array.from({ length: random.between(0, 8) }, () =>
    random.chance(0.5) ? random.word() : random.pick(PIECES),
  ).join('');
}
