/** The verdicts of another validator on generated documents: Debian's python3-jsonschema, where it is there. */
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BATCH_JOB_KEYS, JOB_STATUSES, JOB_TYPES, STOP_REASONS } from '#shared/job/batch-job.ts';
import { checkedDocuments } from '../../../src-main/adapters/documents/checked-documents.ts';
import { createDocumentGenerator } from '../../fakes/document-generator.ts';
import { HOSTILE_WAYS, hostileDocument } from '../../fakes/hostile-documents.ts';
import { Random } from '../../fakes/random.ts';

const SCHEMA = join(import.meta.dirname, '../../fixtures/batch-job.published.json');
const DEFINITIONS = { JobStatus: JOB_STATUSES, JobType: JOB_TYPES, StopReasonType: STOP_REASONS };

/** What Jobdeck refuses beyond the schema: what JSON parsers read in different ways, or programs trip over. */
const ONLY_OURS: ReadonlySet<string> = new Set([
  'a whole number that is not exact',
  'a free whole number that is not exact',
  'a number that is too large',
  'a name twice',
  'a name twice, escaped once',
  'an id twice',
  'a prototype',
  'a prototype by its constructor',
  'a NUL in text',
  'a NUL in metadata',
  'half of a surrogate pair',
  'too many levels',
]);

function theirs(documents: readonly Uint8Array[]): boolean[] {
  const head = JSON.stringify({ schema: SCHEMA, definitions: DEFINITIONS });
  const input = [head, ...documents.map((bytes) => Buffer.from(bytes).toString('base64'))].join('\n');
  const script = join(import.meta.dirname, 'verdicts.py');
  const { status, stdout, stderr } = spawnSync('python3', [script], {
    input: `${input}\n`,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(`The other validator failed: ${stderr}`);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as boolean);
}

async function ours(documents: readonly Uint8Array[]): Promise<boolean[]> {
  const origin = { now: '2026-12-01T00:00:00Z', uuid: randomUUID, by: null };
  const verdicts: boolean[] = [];
  for (const bytes of documents) {
    const chunks = async function* () {
      yield bytes;
    };
    const found = [];
    for await (const some of checkedDocuments({ name: 'f', sizeBytes: 0, path: null, chunks }, origin)) {
      found.push(...some.map(({ checked }) => checked.valid));
    }
    verdicts.push(found.length === 1 && found[0] === true);
  }
  return verdicts;
}

const text = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));

/** Those that the two do not agree on. */
async function disputed(documents: readonly Uint8Array[]): Promise<string[]> {
  const [mine, other] = [await ours(documents), theirs(documents)];
  expect(other).toHaveLength(documents.length);
  return documents.filter((_, at) => mine[at] !== other[at]).map((bytes) => Buffer.from(bytes).toString());
}

/** What any property may turn out to hold. */
const ODD_VALUES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  5,
  0.5,
  1e3,
  '',
  'x',
  '5',
  'created',
  'batch',
  'end_turn',
  'None',
  [],
  {},
  { a: [1] },
  'job-12345678',
  'RUN-12345678',
  'run-ABCDEF01-and-more',
  'job-1234567g',
  '2026-11-23T09:30:00Z',
  '2026-11-23t09:30:00.5+05:30',
  '2026-11-23 09:30:00Z',
  '2026-11-23T09:30:00',
  '2026-11-23T09:30:00+0000',
  '2025-02-29T00:00:00Z',
  '2024-02-29T00:00:00Z',
  '2026-11-23T24:00:00Z',
  '2016-12-31T23:59:60Z',
  '2017-01-01T01:29:60+01:30',
  '2016-12-30T23:59:60Z',
  '2026-11-23T09:30:00-24:00',
  '２026-11-23T09:30:00Z',
];

const isThere =
  spawnSync('python3', ['-c', 'import jsonschema; jsonschema.Draft202012Validator']).status === 0;

describe('generated documents', () => {
  it('that are valid are accepted, and hostile ones refused', async () => {
    const generator = createDocumentGenerator(20);
    const valid = Array.from({ length: 500 }, () => text(generator.valid()));
    expect(await ours(valid)).not.toContain(false);
    const hostile = Array.from({ length: 500 }, () => generator.hostile().bytes);
    expect(await ours(hostile)).not.toContain(true);
  });
});

// Where it is not there nothing is compared, and nothing pretends to be.
if (isThere) compare();
else console.log('There is no python3-jsonschema here: verdicts are not compared with it.');

function compare(): void {
  describe('another validator', () => {
    it('accepts what the generator calls valid', () => {
      const generator = createDocumentGenerator(21);
      expect(theirs(Array.from({ length: 1000 }, () => text(generator.valid())))).not.toContain(false);
    });

    it('agrees on which of the nearly valid ones are valid before they are repaired', async () => {
      const generator = createDocumentGenerator(22);
      const documents = Array.from({ length: 1000 }, () => text(generator.nearlyValid().text));
      expect(new Set(await ours(documents))).toEqual(new Set([true, false]));
      expect(await disputed(documents)).toEqual([]);
    });

    it('agrees on documents with any value in any place', async () => {
      const generator = createDocumentGenerator(23);
      const random = new Random(23);
      const documents = Array.from({ length: 2000 }, () => {
        const document = generator.valid();
        for (let count = random.between(1, 2); count > 0; count--) {
          document[random.pick([...BATCH_JOB_KEYS, 'user_id'])] = random.pick(ODD_VALUES);
        }
        return text(document);
      });
      expect(new Set(await ours(documents))).toEqual(new Set([true, false]));
      expect(await disputed(documents)).toEqual([]);
    });

    it('refuses every kind of hostile document too, but for what it does not look at', () => {
      const generator = createDocumentGenerator(24);
      const documents = HOSTILE_WAYS.map((way) => hostileDocument(generator.valid(), way).bytes);
      const accepted = theirs(documents);
      expect(HOSTILE_WAYS.filter((_, at) => accepted[at])).toEqual(
        HOSTILE_WAYS.filter((way) => ONLY_OURS.has(way)),
      );
    });
  });
}
