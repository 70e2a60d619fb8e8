/** The placeholders that an item offers. */
import { variableName } from '#shared/job/template/index.ts';
import { isObject } from './values.ts';

/** `{{item}}` and `{{index}}`, or one for each field of the items that are objects. */
export function placeholdersOf(items: readonly unknown[]): string[] {
  const fields = fieldsOf(items);
  const ofItem = fields.length === 0 ? ['{{item}}'] : fields.map(placeholderOf);
  return [...ofItem, '{{index}}'];
}

function placeholderOf(field: string): string {
  return /^[\p{L}\p{N}_$-]+$/u.test(field) ? `{{item.${field}}}` : `{{item[${JSON.stringify(field)}]}}`;
}

/**
 * How a script reads an item, in the language of its interpreter: in a script's source a placeholder would become
 * code, so an item comes in the environment.
 */
export function variablesOf(items: readonly unknown[], interpreter: string): string[] {
  const fields = fieldsOf(items);
  const ofItem =
    fields.length === 0 ? ['JOBDECK_ITEM'] : fields.map((field) => `JOBDECK_ITEM_${variableName(field)}`);
  return [...ofItem, 'JOBDECK_INDEX'].map((name) => readVariable(name, interpreter));
}

function fieldsOf(items: readonly unknown[]): string[] {
  return [...new Set(items.filter(isObject).flatMap((item) => Object.keys(item)))];
}

function readVariable(name: string, interpreter: string): string {
  if (/python/u.test(interpreter)) return `os.environ["${name}"]`;
  if (/^(?:.*\/)?(?:node|deno|bun)/u.test(interpreter)) return `process.env.${name}`;
  if (/ruby/u.test(interpreter)) return `ENV["${name}"]`;
  if (/perl/u.test(interpreter)) return `$ENV{${name}}`;
  if (/pwsh|powershell/u.test(interpreter)) return `$env:${name}`;
  return /sh$/u.test(interpreter) ? `"$${name}"` : name;
}
