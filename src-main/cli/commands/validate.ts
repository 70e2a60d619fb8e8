import { resolve } from 'node:path';
import type { DocumentProblem } from '#shared/contract/documents.ts';
import type { BatchJobDocument } from '#shared/job/batch-job.ts';
import { openIdRegister } from '../../adapters/documents/id-register.ts';
import { openReplacement, type ReplacementFile } from '../../adapters/documents/replacement-file.ts';
import { SYSTEM_CLOCK } from '../../adapters/system-clock.ts';
import { filesOf, pathOf, readArguments } from '../arguments.ts';
import { EXIT } from '../cli-types.ts';
import { command } from '../command.ts';
import { type JudgedDocument, judgedDocuments, problemWords } from '../documents/judged-documents.ts';
import { stoppable } from '../documents/stoppable.ts';
import { writeOut } from '../lines.ts';
import { createRequestCheck } from '../run/check-request.ts';
import { openTrees } from '../sources.ts';
import { countOf } from '../words.ts';

export const validate = command({
  name: 'validate',
  summary: 'Say of each document whether it is valid, and what is wrong.',
  help: `Usage: jobdeck validate FILE... [--strict] [--json] [--report FILE]

Prints what is wrong in each document, where, and what an import would repair; runs nothing. A FILE is a
document, an array, NDJSON, gzip of these, or a folder of such files; UTF-8, or UTF-16 with its mark.
Wrong is what the schema does not allow, an id that was there before, and what can't be run: a schedule
that has no times, placeholders without items, jobs that wait for each other.

  --strict        what an import would have to change at all is wrong too, such as a missing id
  --json          a line for each document: {file, line, index, id, valid, errors, repairs}
  --report FILE   write a line for each document that an import leaves out: {file, line, id, errors}

Exit code 0: all valid; 1: some are not, repaired or not; 2: bad usage; 130, 143: stopped by a signal.
`,
  parse(args) {
    const { values, positionals } = readArguments('validate', args, {
      strict: { type: 'boolean' },
      json: { type: 'boolean' },
      report: { type: 'string' },
    });
    return {
      files: filesOf('validate', positionals),
      isStrict: values.strict === true,
      json: values.json === true,
      report: pathOf('report', values.report),
    };
  },
  async run({ files, isStrict, json, report }, { io }) {
    const sources = await openTrees(files, io);
    const open = async () => (report === null ? NO_REPORT : openReplacement(resolve(io.cwd, report)));
    return stoppable(io, open, async (reportFile, stopped) => {
      const ids = openIdRegister();
      const checkRequest = createRequestCheck(SYSTEM_CLOCK.now());
      const counts = { valid: 0, repairable: 0, wrong: 0 };
      try {
        for await (const found of judgedDocuments(sources, { isStrict, settles: true, ids })) {
          stopped.throwIfAborted();
          const verdicts = found.map((document) => verdictOn(document, checkRequest));
          for (const { state } of verdicts) counts[state]++;
          const told = verdicts.map(json ? asLine : asWords).join('');
          if (told !== '') await writeOut(io.stdout, told);
          const leftOut = verdicts.filter(({ comesIn }) => !comesIn);
          await reportFile.write(leftOut.map(asReport).join(''));
        }
        await reportFile.finish();
      } finally {
        ids.close();
      }
      if (!json) await writeOut(io.stdout, summary(counts));
      return counts.repairable + counts.wrong === 0 ? EXIT.ok : EXIT.some;
    });
  },
});

const NO_REPORT: Pick<ReplacementFile, 'write' | 'cancel'> & { finish(): Promise<unknown> } = {
  write: async () => {},
  finish: async () => {},
  cancel: async () => {},
};

interface Verdict extends JudgedDocument {
  state: 'valid' | 'repairable' | 'wrong';
}

function verdictOn(
  document: JudgedDocument,
  checkRequest: (document: BatchJobDocument) => DocumentProblem[],
): Verdict {
  const { parsed, checked, comesIn } = document;
  if (!comesIn) return { ...document, state: 'wrong' };
  if (!checked.valid) return { ...document, state: 'repairable' };
  const errors = checkRequest(parsed.value as BatchJobDocument);
  return { ...document, errors, state: errors.length === 0 ? 'valid' : 'wrong' };
}

function asLine({ checked: { file, line, index, id, repairs }, errors, state }: Verdict): string {
  return `${JSON.stringify({ file, line, index, id, valid: state === 'valid', errors, repairs })}\n`;
}

function asWords({ checked, errors, state }: Verdict): string {
  const repairs = state === 'repairable' ? checked.repairs : [];
  const told = [
    ...errors.map((problem) => problemWords(checked, problem)),
    ...repairs.map(({ path, message }) =>
      problemWords(checked, { path, message: `An import repairs it. ${message}` }),
    ),
  ];
  return told.map((line) => `${line}\n`).join('');
}

function asReport({ checked: { file, line, id }, errors }: Verdict): string {
  return `${JSON.stringify({ file, line, id, errors })}\n`;
}

function summary({ valid, repairable, wrong }: Record<Verdict['state'], number>): string {
  const all = countOf(valid + repairable + wrong, 'document');
  if (repairable + wrong === 0) return `${all}, all valid.\n`;
  return `${all}: ${valid} valid, ${repairable} that an import repairs, ${wrong} wrong.\n`;
}
