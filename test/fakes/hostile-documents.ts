/** What no import takes, made of a valid document. */
import type { Fields, HostileDocument } from './document-generator.ts';

/** How a document is spoiled, and the path of the problem that has to be told. */
interface Spoiling {
  path: string;
  spoil(document: Fields): string | Uint8Array;
}

/** With another value. */
const changed = (key: string, value: unknown): Spoiling => ({
  path: `/${key}`,
  spoil: (document) => JSON.stringify({ ...document, [key]: value }),
});

/** With a property whose value is this text, as it is. */
const written = (path: string, key: string, value: string): Spoiling => ({
  path,
  spoil: ({ [key]: _, ...rest }) => `{"${key}":${value},${JSON.stringify(rest).slice(1)}`,
});

/** With text put in after its opening brace, as it is. */
const begun = (path: string, text: string): Spoiling => ({
  path,
  spoil: (document) => `{${text}${JSON.stringify(document).slice(1)}`,
});

const bytes = (...parts: (string | number)[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.of(part))));

const SPOILINGS: Readonly<Record<string, Spoiling>> = {
  'a status that is none': changed('status', 'done'),
  'a kind of job that is none': changed('job_type', 'cron'),
  'a number for text': changed('callback_url', 5),
  'text for a number': changed('ttft_ns', '5'),
  'text for a flag': changed('background', 'true'),
  'a fraction for a whole number': changed('total_duration_ns', 0.5),
  'a list for metadata': changed('metadata', []),
  'an id of another kind': changed('id', 'batch_abc123'),
  'an id that is too short': changed('id', 'job-1234567'),
  'an id after a line break': changed('id', '\njob-12345678'),
  'a day that there is not': changed('created_at', '2026-02-30T00:00:00Z'),
  'a month that there is not': changed('completed_at', '2026-13-01 00:00:00'),
  'an hour that there is not': changed('updated_at', '2026-12-01T24:00:00Z'),
  'a leap second where there is none': changed('updated_at', '2026-12-01T00:00:60Z'),
  'a time in words': changed('created_at', 'yesterday'),
  'a null where none may be': changed('created_at', null),
  'a whole number that is not exact': written('/ttft_ns', 'ttft_ns', '9007199254740993'),
  'a free whole number that is not exact': written('/metadata/n', 'metadata', '{"n":12345678901234567890}'),
  'a number that is too large': written('/metadata/n', 'metadata', '{"n":1e999}'),
  'a name twice': written('/metadata/a', 'metadata', '{"a":1,"b":2,"a":3}'),
  'a name twice, escaped once': written('/metadata/a', 'metadata', '{"a":1,"\\u0061":3}'),
  'an id twice': {
    path: '/id',
    spoil: (document) => `{"id":"job-12345678",${JSON.stringify(document).slice(1)}`,
  },
  'a prototype': written('/metadata/a/__proto__', 'metadata', '{"a":{"__proto__":{"admin":true}}}'),
  'a prototype at the top': begun('/__proto__', '"__proto__":{"status":"completed"},'),
  'a prototype by its constructor': written(
    '/metadata/constructor/prototype',
    'metadata',
    '{"constructor":{"prototype":{"admin":true}}}',
  ),
  'a NUL in text': changed('callback_error', 'a\0b'),
  'a NUL in metadata': written('/metadata/a', 'metadata', '{"a":"\\u0000"}'),
  'half of a surrogate pair': written('/metadata/a', 'metadata', '{"a":"\\ud83d"}'),
  'too many levels': written('', 'metadata', `{"a":${'['.repeat(200)}${']'.repeat(200)}}`),
  'a trailing comma': { path: '', spoil: (document) => `${JSON.stringify(document).slice(0, -1)},}` },
  'a line comment': begun('', '// what it is\n'),
  'a block comment': begun('', '/* what it is */'),
  'a hash comment': begun('', '# what it is\n'),
  'single quotes': begun('', "'status':'created',"),
  'NaN for a number': written('', 'ttft_ns', 'NaN'),
  'None for null': written('', 'agent_id', 'None'),
  'a raw NUL': begun('', '\0'),
  'a line break in text': written('', 'callback_error', '"a\nb"'),
  'no end': { path: '', spoil: (document) => JSON.stringify(document).slice(0, -1) },
  'a byte that is not UTF-8': { path: '', spoil: () => bytes('{"callback_error":"', 0xc3, 0x28, '"}') },
  'a surrogate in UTF-8': { path: '', spoil: () => bytes('{"callback_error":"', 0xed, 0xa0, 0xbd, '"}') },
  'a list in place of a document': { path: '', spoil: () => '[[]]' },
  'text in place of a document': { path: '', spoil: () => '"job"' },
};

/** The ways there are, by what is wrong. */
export const HOSTILE_WAYS: readonly string[] = Object.keys(SPOILINGS);

/** `document`, spoiled in one way. */
export function hostileDocument(document: Fields, what: string): HostileDocument {
  const spoiling = SPOILINGS[what];
  if (spoiling === undefined) throw new Error(`Expected a way to spoil a document, got ${what}.`);
  const spoiled = spoiling.spoil(document);
  return {
    what,
    bytes: typeof spoiled === 'string' ? Buffer.from(spoiled) : spoiled,
    path: spoiling.path,
  };
}
