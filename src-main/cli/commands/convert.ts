import { openIdRegister } from '../../adapters/documents/id-register.ts';
import { filesOf, pathOf, readArguments, usageError } from '../arguments.ts';
import { EXIT } from '../cli-types.ts';
import { command } from '../command.ts';
import { CONVERSIONS, type Conversion, type ConversionName, conversionTo } from '../documents/conversions.ts';
import { type JudgedDocument, judgedDocuments, problemWords } from '../documents/judged-documents.ts';
import { stoppable } from '../documents/stoppable.ts';
import { openTarget, type TextTarget } from '../documents/text-target.ts';
import { writeOut } from '../lines.ts';
import { openTrees } from '../sources.ts';
import { countOf } from '../words.ts';

export const convert = command({
  name: 'convert',
  summary: 'Write the documents of files in another form.',
  help: `Usage: jobdeck convert FILE... --to FORM [--out FILE] [--strict]

Reads what "validate" reads, and writes what an import would take. What is repaired and what is left out is
told on standard error. A status stays as it is.

  --to array          one JSON array of whole records
  --to ndjson         a record a line
  --to csv            a row for each, with what a list shows of it
  --to openai-batch   an input file of OpenAI's Batch API: a line for each model call, batches item by item
  --out FILE          a file, whole or as it was before; standard output where absent
  --strict            leave out what would have to be repaired

Exit code 0: all was written; 1: some was left out; 2: bad usage; 130, 143: stopped by a signal, and no
FILE was written.
`,
  parse(args) {
    const { values, positionals } = readArguments('convert', args, {
      to: { type: 'string' },
      out: { type: 'string' },
      strict: { type: 'boolean' },
    });
    return {
      files: filesOf('convert', positionals),
      to: formOf(values.to),
      out: pathOf('out', values.out),
      isStrict: values.strict === true,
    };
  },
  async run({ files, to, out, isStrict }, { io }) {
    const sources = await openTrees(files, io);
    const open = () => openTarget(out, io);
    return stoppable(io, open, async (target, stopped) => {
      const conversion = conversionTo(to);
      const ids = openIdRegister();
      const counts = { whole: 0, repaired: 0, leftOut: 0 };
      try {
        for await (const found of judgedDocuments(sources, { isStrict, settles: false, ids })) {
          for (const document of found) {
            stopped.throwIfAborted();
            const { outcome, told } = await writeOne(document, conversion, target);
            counts[outcome]++;
            if (told !== '') await writeOut(io.stderr, told);
          }
        }
        await target.write(conversion.end());
        await target.finish();
      } finally {
        ids.close();
        conversion.close();
      }
      if (counts.leftOut + counts.repaired > 0) await writeOut(io.stderr, summary(counts));
      return counts.leftOut === 0 ? EXIT.ok : EXIT.some;
    });
  },
});

type Outcome = 'whole' | 'repaired' | 'leftOut';

/** `told` is a line for each thing that is not as it was in the source. */
async function writeOne(
  { checked, errors, comesIn }: JudgedDocument,
  conversion: Conversion,
  target: TextTarget,
): Promise<{ outcome: Outcome; told: string }> {
  const { job, repairs } = checked;
  const words = (problem: { path: string; message: string }) => `${problemWords(checked, problem)}\n`;
  if (!comesIn || job === null) return { outcome: 'leftOut', told: errors.map(words).join('') };
  let missing = '';
  for await (const part of conversion.write(job)) {
    if (typeof part === 'string') await target.write(part);
    else missing += words(part);
  }
  const told = repairs.map(words).join('') + missing;
  return { outcome: missing !== '' ? 'leftOut' : repairs.length > 0 ? 'repaired' : 'whole', told };
}

function summary({ whole, repaired, leftOut }: Record<Outcome, number>): string {
  const all = countOf(whole + repaired + leftOut, 'document');
  return `${all}: ${whole} written as they are, ${repaired} repaired, ${leftOut} left out or not whole.\n`;
}

function formOf(value: string | undefined): ConversionName {
  const form = CONVERSIONS.find((name) => name === value);
  if (form !== undefined) return form;
  const got = value === undefined ? '' : `, got ${JSON.stringify(value)}`;
  throw usageError(`convert: Expected --to with one of ${CONVERSIONS.join(', ')}${got}.`);
}
