/** Every rule of what an import takes, repairs and refuses, each with a document. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type CheckedDocument, REPAIR_KINDS, type RepairKind } from '#shared/contract/documents.ts';
import { checkedDocuments } from '../../../../src-main/adapters/documents/checked-documents.ts';
import { createDocumentGenerator } from '../../../fakes/document-generator.ts';
import { HOSTILE_WAYS, hostileDocument } from '../../../fakes/hostile-documents.ts';

const ID = 'job-123e4567-e89b-12d3-a456-426614174000';
const NOW = '2026-12-01T00:00:00.000Z';
const origin = { now: NOW, uuid: randomUUID, by: null };

async function read(...chunks: (string | Uint8Array)[]): Promise<CheckedDocument[]> {
  const bytes = async function* () {
    for (const chunk of chunks) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
  };
  const documents: CheckedDocument[] = [];
  const source = { name: 'file', sizeBytes: 0, path: null, chunks: bytes };
  for await (const found of checkedDocuments(source, origin)) {
    documents.push(...found.map(({ checked }) => checked));
  }
  return documents;
}

async function one(...chunks: (string | Uint8Array)[]): Promise<CheckedDocument> {
  const [document, ...others] = await read(...chunks);
  expect(others).toEqual([]);
  if (document === undefined) throw new Error('Expected a document, got none.');
  return document;
}

/** A document that has what every record has, and this. */
const having = (properties: string): string => `{"id":"${ID}","created_at":"${NOW}",${properties}}`;

type Repair = [RepairKind, string, string, Record<string, unknown>];
const REPAIRS: readonly Repair[] = [
  [
    'unknown-keys',
    '/user_id',
    having('"user_id":"u"'),
    { metadata: { jobdeck: { imported: { user_id: 'u' } } } },
  ],
  [
    'unknown-keys',
    '/request_config',
    having('"request_config":{"a":1},"metadata":{"b":2}'),
    { metadata: { b: 2, jobdeck: { imported: { request_config: { a: 1 } } } } },
  ],
  [
    'unknown-keys',
    '/a~1b~0c',
    having('"a/b~c":null'),
    { metadata: { jobdeck: { imported: { 'a/b~c': null } } } },
  ],
  ['metadata-name', '/metadata_', having('"metadata_":{"a":1}'), { metadata: { a: 1 } }],
  ['metadata-name', '/metadata_', having('"metadata_":null'), { metadata: null }],
  [
    'date-time',
    '/updated_at',
    having('"updated_at":"2026-11-23T14:58:40.823889"'),
    { updated_at: '2026-11-23T14:58:40.823889Z' },
  ],
  [
    'date-time',
    '/updated_at',
    having('"updated_at":"2026-11-23 14:58:40Z"'),
    { updated_at: '2026-11-23T14:58:40Z' },
  ],
  [
    'date-time',
    '/completed_at',
    having('"completed_at":"2026-11-23T14:58:40+0000"'),
    { completed_at: '2026-11-23T14:58:40+00:00' },
  ],
  [
    'date-time',
    '/callback_sent_at',
    having('"callback_sent_at":"2026-11-23 14:58:40-05"'),
    { callback_sent_at: '2026-11-23T14:58:40-05:00' },
  ],
  ['callback-none', '/callback_url', having('"callback_url":"None"'), { callback_url: null }],
  ['integer-form', '/ttft_ns', having('"ttft_ns":5.0'), { ttft_ns: 5 }],
  ['integer-form', '/total_duration_ns', having('"total_duration_ns":1e3'), { total_duration_ns: 1000 }],
  [
    'integer-form',
    '/callback_status_code',
    having('"callback_status_code":2.00E2'),
    { callback_status_code: 200 },
  ],
  [
    'integer-form',
    '/metadata/jobdeck/timeout_ms',
    having('"metadata":{"jobdeck":{"version":1,"timeout_ms":6e4}}'),
    { metadata: { jobdeck: { timeout_ms: 60_000 } } },
  ],
  [
    'status-elsewhere',
    '/status',
    having('"status":"running"'),
    { status: 'created', metadata: { jobdeck: { imported: { status: 'running' } } } },
  ],
  ['given', '/created_at', `{"id":"${ID}"}`, { created_at: NOW }],
  ['given', '/id', `{"created_at":"${NOW}","job_type":"run"}`, { id: expect.stringMatching(/^run-/u) }],
];

describe('an import repairs, and tells so', () => {
  it.each(REPAIRS)('%s at %s: %s', async (kind, path, text, becomes) => {
    const { job, repairs } = await one(text);
    expect(repairs.map((repair) => [repair.kind, repair.path])).toEqual([[kind, path]]);
    expect(job).toMatchObject(becomes);
  });

  it('UTF-16 in either order, in a file as in a chunk of one byte', async () => {
    const text = `\ufeff${having('"callback_error":"é漢🏔️"')}`;
    for (const bytes of [Buffer.from(text, 'utf16le'), Buffer.from(text, 'utf16le').swap16()]) {
      const { job, repairs } = await one(bytes);
      expect(repairs.map(({ kind }) => kind)).toEqual(['encoding']);
      expect(job?.callback_error).toBe('é漢🏔️');
      expect(await one(...[...bytes].map((byte) => Buffer.of(byte)))).toEqual(await one(bytes));
    }
  });

  it('by every kind of repair that there is', () => {
    const told = new Set<RepairKind>([...REPAIRS.map(([kind]) => kind), 'encoding']);
    expect([...told].sort()).toEqual([...REPAIR_KINDS].sort());
  });
});

describe('an import takes as it is', () => {
  it.each([
    ['an id in capital letters', `{"id":"${ID.toUpperCase().replace('JOB', 'job')}","created_at":"${NOW}"}`],
    ['a mark of UTF-8', `\ufeff${having('"status":"failed"')}`],
    [
      'a free number with a fraction of zero',
      having('"metadata":{"a":1.0,"jobdeck":{"version":1,"imported":{"b":2e0}}}'),
    ],
    [
      'a free number as JavaScript writes a large one',
      having('"metadata":{"a":431772039504721740000,"b":1e300}'),
    ],
    [
      'a free name that is a method of all objects',
      having('"metadata":{"constructor":"Ferrari","toString":1}'),
    ],
    ['a leap day', having('"updated_at":"2024-02-29T00:00:00Z"')],
    [
      'what a program printed, byte for byte',
      having('"metadata":{"jobdeck":{"version":1,"result":{"stdout":"a\\u0000\\ud83d"}}}'),
    ],
    ['an escaped character outside of the basic plane', having('"callback_error":"\\ud83d\\ude00"')],
  ])('%s', async (_, text) => {
    const { valid, repairs, job, id } = await one(text);
    expect({ valid, repairs }).toEqual({ valid: true, repairs: [] });
    expect(job).toMatchObject(JSON.parse(text.replace('\ufeff', '')));
    expect(id).toBe(job?.id);
  });

  it('the names that stand there, also after a document whose names a fast parser could take them for', async () => {
    await one(having('"metadata":{"a":1,"\\\\":2}'));
    expect((await one(having('"metadata":{"a":1,"\\u0062":2}'))).job?.metadata).toEqual({ a: 1, b: 2 });
    expect((await one(having('"metadata":{"a":1,"\\u0061":2}'))).errors).toMatchObject([
      { path: '/metadata/a' },
    ]);
  });
});

describe('an import refuses', () => {
  it.each([
    ['a jobdeck that is null', '{"jobdeck":null}', '/metadata/jobdeck'],
    ['an imported that is null', '{"jobdeck":{"version":1,"imported":null}}', '/metadata/jobdeck/imported'],
  ])('%s, also where there is something to keep in it', async (_, metadata, path) => {
    for (const beside of ['"user_id":"u"', '"status":"running"', '"background":false']) {
      const { job, errors } = await one(having(`${beside},"metadata":${metadata}`));
      expect(job).toBeNull();
      expect(errors.map((error) => error.path)).toContain(path);
    }
  });

  it.each([
    [
      'a day that there is not',
      having('"updated_at":"2026-02-30T00:00:00Z"'),
      '/updated_at',
      'There is no day 30 in month 2 of 2026.',
    ],
    [
      'an hour that there is not',
      having('"updated_at":"2026-02-03T24:00:00Z"'),
      '/updated_at',
      'There is no hour 24.',
    ],
    [
      'an offset that there is not',
      having('"updated_at":"2026-02-03T23:00:00+25:00"'),
      '/updated_at',
      'There is no offset +25:00.',
    ],
    [
      'an integer that is not exact',
      having('"ttft_ns":9007199254740993'),
      '/ttft_ns',
      'got 9007199254740993.',
    ],
    ['an integer that is not exact, by its exponent', having('"ttft_ns":1e16'), '/ttft_ns', 'got 1e16.'],
    [
      'a free integer that is not exact',
      having('"metadata":{"n":[12345678901234567890]}'),
      '/metadata/n/0',
      'got 12345678901234567890.',
    ],
    [
      'one with a fraction of zero',
      having('"metadata":{"n":12345678901234567891.0}'),
      '/metadata/n',
      'got 12345678901234567891.0.',
    ],
    [
      'a name twice',
      having('"metadata":{"a":{"b":1,"b":1}}'),
      '/metadata/a/b',
      'Expected each name once in an object, got "b" twice.',
    ],
    [
      'a wrong type',
      having('"background":"yes"'),
      '/background',
      'Expected true or false or null, got "yes".',
    ],
    [
      'a wrong id',
      '{"id":"batch_abc"}',
      '/id',
      'Expected an id that begins with "job-" or "run-" and eight hexadecimal digits, got "batch_abc".',
    ],
    [
      'a prototype',
      having('"metadata":{"__proto__":{}}'),
      '/metadata/__proto__',
      'Expected a name that is safe to copy, got "__proto__".',
    ],
    [
      'a prototype by its constructor',
      having('"metadata":{"constructor":{"prototype":1}}'),
      '/metadata/constructor/prototype',
      'Expected a name that is safe to copy, got "prototype".',
    ],
    [
      'a NUL in text',
      having('"callback_error":"a\\u0000"'),
      '/callback_error',
      'Expected text without NUL characters, got one (\\u0000).',
    ],
    [
      'a NUL in a name',
      having('"metadata":{"a\\u0000":1}'),
      '/metadata/a\0',
      'Expected text without NUL characters, got one (\\u0000).',
    ],
    [
      'half of a surrogate pair',
      having('"metadata":{"a":["\\ude00"]}'),
      '/metadata/a/0',
      'Expected whole characters, got half of a surrogate pair (\\ude00).',
    ],
    [
      'a trailing comma',
      having('"status":"failed",'),
      '',
      'Expected another value after the comma, got "}": JSON has no trailing comma.',
    ],
    ['a comment', having('/* on */"status":"failed"'), '', 'Expected JSON, got a comment: JSON has none.'],
    [
      'a comment to the end of its line',
      having('// on\n"status":"failed"'),
      '',
      'Expected JSON, got a comment: JSON has none.',
    ],
    [
      'a comment of the shell',
      having('# on\n"status":"failed"'),
      '',
      'Expected JSON, got a comment: JSON has none.',
    ],
    [
      'a raw NUL',
      having('\0"status":"failed"'),
      '',
      'Expected text, got a NUL character: the file is damaged, or not in UTF-8.',
    ],
    [
      'too many levels',
      having(`"metadata":{"a":${'['.repeat(99)}${']'.repeat(99)}}`),
      '',
      'Expected at most 100 levels of lists and objects, got more.',
    ],
  ])('%s', async (_, text, path, reason) => {
    const { valid, job, repairs, errors } = await one(text);
    expect({ valid, job, repairs }).toEqual({ valid: false, job: null, repairs: [] });
    expect(errors[0]?.path).toBe(path);
    expect(errors[0]?.message).toContain(reason);
  });

  it('bytes that are not UTF-8, by the number of the first', async () => {
    const { errors } = await one(having('"callback_error":"').slice(0, -1), Buffer.of(0xc3, 0x28), '"}');
    const at = having('"callback_error":"').length - 1;
    expect(errors[0]?.message).toBe(
      `Expected UTF-8, got the byte 0xc3 that does not belong there. (line 1, column ${at + 1}, byte ${at} of the file)`,
    );
  });

  it('half of a surrogate pair in UTF-16, by its line and column, and what is left at the end', async () => {
    const text = Buffer.from(`\ufeff{}\n{"a":"\ud83d"}\n`, 'utf16le');
    const [, half, rest] = await read(text, Buffer.of(0x41));
    expect(half?.errors[0]?.message).toBe(
      'Expected whole characters of UTF-16, got half of a surrogate pair. (line 2, column 7)',
    );
    expect(rest?.errors[0]?.message).toBe(
      'Expected whole characters of UTF-16, got half of a character at its end. (line 3, column 1)',
    );
  });

  it('a document that is too large, and finds the next', async () => {
    const text = Buffer.alloc(1024 * 1024, 'x');
    const [begin = '', end = ''] = having('"callback_error":"|"').split('|');
    const chunks = Array.from({ length: 64 }, () => text);
    const [refused, next] = await read(begin, ...chunks, `${end}\n`, having('"status":"failed"'));
    expect(refused?.errors).toEqual([
      { path: '', message: 'Expected at most 64 MiB in one document, got more. (line 1, column 1)' },
    ]);
    expect(next).toMatchObject({ line: 2, valid: true });
  });

  it.each(HOSTILE_WAYS)('%s, in generated documents', async (way) => {
    const generator = createDocumentGenerator(5);
    for (let count = 0; count < 20; count++) {
      const { bytes, path } = hostileDocument(generator.valid(), way);
      const { job, errors } = await one(bytes);
      expect({ job, path: errors[0]?.path }).toEqual({ job: null, path });
    }
  });
});

describe('of generated documents', () => {
  it('the valid ones come in as they are, but for what runs elsewhere', async () => {
    const generator = createDocumentGenerator(11);
    for (let count = 0; count < 500; count++) {
      const document = generator.valid();
      const { valid, errors, job, repairs } = await one(JSON.stringify(document));
      expect({ valid, errors }).toEqual({ valid: true, errors: [] });
      for (const { path } of repairs) delete document[path.slice(1)];
      expect(job).toMatchObject({
        ...document,
        ...(repairs.some(({ kind }) => kind === 'status-elsewhere') && { metadata: expect.anything() }),
      });
    }
  });

  it('the nearly valid ones come in with just the repairs that they need', async () => {
    const generator = createDocumentGenerator(12);
    for (let count = 0; count < 500; count++) {
      const { text, kinds } = generator.nearlyValid();
      const { job, repairs } = await one(text);
      expect(job).not.toBeNull();
      expect(new Set(repairs.map(({ kind }) => kind))).toEqual(new Set(kinds));
    }
  });
});
