import { describe, expect, it } from 'vitest';
import { createEventReader, MAX_EVENT_LENGTH } from '../../../../src-main/adapters/llm/event-reader.ts';

function read(chunks: readonly Uint8Array[]) {
  const events: { data: string; name: string | undefined }[] = [];
  const lines: string[] = [];
  let tooLong = 0;
  const reader = createEventReader({
    onEvent: (data, name) => void events.push({ data, name }),
    onStrayLine: (line) => void lines.push(line),
    onTooLong: () => {
      tooLong += 1;
    },
  });
  for (const chunk of chunks) reader.feed(chunk);
  reader.end();
  return { events, lines, tooLong };
}

const STREAM = [
  ': a comment',
  '',
  'event: first',
  'data: schöne Grüße, 世界 👋🏽',
  'id: 7',
  '',
  ':',
  'data: {',
  'data:  "two": "lines"',
  'data: }',
  '',
  'error: {"message":"stray"}',
  '',
  'data:no space',
  '',
  '',
];
const EXPECTED = {
  events: [
    { data: 'schöne Grüße, 世界 👋🏽', name: 'first' },
    { data: '{\n "two": "lines"\n}', name: undefined },
    { data: 'no space', name: undefined },
  ],
  lines: ['error: {"message":"stray"}'],
  tooLong: 0,
};

describe.each([
  ['LF', '\n'],
  ['CRLF', '\r\n'],
  ['CR', '\r'],
])('a stream with %s at the end of its lines', (_, ending) => {
  const bytes = Buffer.from(`\uFEFF${STREAM.join(ending)}`);

  it('says the same wherever it is cut', () => {
    for (let at = 0; at <= bytes.length; at += 1) {
      expect(read([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(EXPECTED);
    }
  });

  it('says the same byte by byte', () => {
    expect(read([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(EXPECTED);
  });
});

describe('the end of a stream', () => {
  it.each(['data: last', 'data: last\n', 'data: last\r', 'data: last\n\n'])(
    'after %j gives the last event',
    (text) => {
      expect(read([Buffer.from(text)]).events).toEqual([{ data: 'last', name: undefined }]);
    },
  );

  it('in the middle of a character gives the sign for one that is broken', () => {
    const bytes = Buffer.from('data: é');
    expect(read([bytes.subarray(0, -1)]).events).toEqual([{ data: '\uFFFD', name: undefined }]);
  });
});

it('an event without end is told once, and nothing more of the stream', () => {
  const piece = Buffer.alloc(1024 * 1024, 'x');
  const pieces = Array<Buffer>(MAX_EVENT_LENGTH / piece.length + 2).fill(piece);
  expect(read([Buffer.from('data: '), ...pieces, Buffer.from('\n\ndata: more\n\n')])).toEqual({
    events: [],
    lines: [],
    tooLong: 1,
  });
});
