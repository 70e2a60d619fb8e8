import type { Difference } from '#shared/json/differences.ts';
import { type Compared, openComparison } from '../../adapters/documents/comparison.ts';
import { openIdRegister } from '../../adapters/documents/id-register.ts';
import { SYSTEM_CLOCK } from '../../adapters/system-clock.ts';
import { filesOf, readArguments, usageError } from '../arguments.ts';
import { type CliIo, EXIT } from '../cli-types.ts';
import { command } from '../command.ts';
import { plain } from '../data/table.ts';
import { type JudgedDocument, judgedDocuments, problemWords } from '../documents/judged-documents.ts';
import { writeOut } from '../lines.ts';
import { openTrees } from '../sources.ts';

export const diff = command({
  name: 'diff',
  summary: 'Compare two files of documents by their ids.',
  help: `Usage: jobdeck diff A B [--json]

Prints which documents only A has (-), which only B has (+), and which both have but with other values (~),
field by field. A and B are what "validate" reads, and may be folders. Compared are the records that an
import would make of them, each with the status it has; how they are written and ordered means nothing.

  --json   a line for each: {id, kind: "only-in-a" | "only-in-b" | "changed", differences: [{path, a, b}]}

Exit code 0: all are the same; 1: some are not; 2: bad usage, or a document that can't be compared:
one that is wrong, has no id, or that of another one.
`,
  parse(args) {
    const { values, positionals } = readArguments('diff', args, { json: { type: 'boolean' } });
    const [a, b, ...more] = filesOf('diff', positionals);
    if (a === undefined || b === undefined || more.length > 0) {
      throw usageError(`diff: Expected two files, got ${positionals.length}.`);
    }
    return { a, b, json: values.json === true };
  },
  async run({ a, b, json }, { io }) {
    const comparison = openComparison();
    // One for both: a time that only this gives is no difference.
    const now = SYSTEM_CLOCK.now();
    const counts = { 'only-in-a': 0, 'only-in-b': 0, changed: 0, same: 0, trouble: 0 };
    const tell = async (id: string, compared: Compared | { kind: 'only-in-a' }): Promise<void> => {
      counts[compared.kind]++;
      if (compared.kind === 'same') return;
      const found = compared.kind === 'changed' ? compared.differences : [];
      await writeOut(io.stdout, json ? asLine(id, compared.kind, found) : asWords(id, compared.kind, found));
    };
    try {
      for await (const { checked } of comparable(a, now, io, counts)) {
        if (checked.job !== null) comparison.addA(checked.job);
      }
      for await (const { checked } of comparable(b, now, io, counts)) {
        if (checked.job !== null) await tell(checked.job.id, comparison.compareB(checked.job));
      }
      for (const id of comparison.onlyInA()) await tell(id, { kind: 'only-in-a' });
    } finally {
      comparison.close();
    }
    if (!json) await writeOut(io.stdout, summary(counts));
    if (counts.trouble > 0) return EXIT.usage;
    return counts['only-in-a'] + counts['only-in-b'] + counts.changed === 0 ? EXIT.ok : EXIT.some;
  },
});

/** The documents that can be compared. Of the others it is told what is wrong. */
async function* comparable(
  file: string,
  now: string,
  io: CliIo,
  counts: { trouble: number },
): AsyncGenerator<JudgedDocument> {
  const ids = openIdRegister();
  try {
    const sources = await openTrees([file], io);
    for await (const found of judgedDocuments(sources, { now, isStrict: false, settles: false, ids })) {
      for (const document of found) {
        const { checked, errors, comesIn } = document;
        if (comesIn && checked.id !== null) {
          yield document;
          continue;
        }
        counts.trouble++;
        const problems = comesIn
          ? [{ path: '/id', message: 'Expected an id to compare it by, got none.' }]
          : errors;
        await writeOut(io.stderr, problems.map((problem) => `${problemWords(checked, problem)}\n`).join(''));
      }
    }
  } finally {
    ids.close();
  }
}

type Kind = 'only-in-a' | 'only-in-b' | 'changed';
const SIGNS: Record<Kind, string> = { 'only-in-a': '-', 'only-in-b': '+', changed: '~' };
const MAX_SHOWN = 60;

function asLine(id: string, kind: Kind, found: readonly Difference[]): string {
  return `${JSON.stringify({ id, kind, differences: found })}\n`;
}

function asWords(id: string, kind: Kind, found: readonly Difference[]): string {
  const lines = found.map(({ path, a, b }) => `    ${plain(path)}: ${shown(a)} -> ${shown(b)}\n`);
  return `${SIGNS[kind]} ${plain(id)}\n${lines.join('')}`;
}

function shown(value: unknown): string {
  if (value === undefined) return 'absent';
  const text = JSON.stringify(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

function summary(counts: Record<Kind | 'same' | 'trouble', number>): string {
  const { changed, same, trouble } = counts;
  const [onlyA, onlyB] = [counts['only-in-a'], counts['only-in-b']];
  const rest = trouble === 0 ? '' : `, ${trouble} that can't be compared`;
  return `${onlyA} only in A, ${onlyB} only in B, ${changed} changed, ${same} the same${rest}.\n`;
}
