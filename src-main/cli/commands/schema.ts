import { PUBLISHED_JOB_SCHEMA, PUBLISHED_METADATA_SCHEMA } from '../../adapters/validators/index.ts';
import { nothingMore, readArguments } from '../arguments.ts';
import { EXIT } from '../cli-types.ts';
import { command } from '../command.ts';
import { writeOut } from '../lines.ts';

export const schema = command({
  name: 'schema',
  summary: 'Print the JSON Schema of a document.',
  help: `Usage: jobdeck schema [--metadata]

Prints the strict JSON Schema of a document.

  --metadata   the schema of its metadata.jobdeck instead
`,
  parse(args) {
    const { values, positionals } = readArguments('schema', args, { metadata: { type: 'boolean' } });
    nothingMore('schema', positionals);
    return { metadata: values.metadata === true };
  },
  async run({ metadata }, { io }) {
    const printed = metadata ? PUBLISHED_METADATA_SCHEMA : PUBLISHED_JOB_SCHEMA;
    await writeOut(io.stdout, `${JSON.stringify(printed, null, 2)}\n`);
    return EXIT.ok;
  },
});
