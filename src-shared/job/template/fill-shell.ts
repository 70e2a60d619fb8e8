/** A shell line with placeholders in it. */
import { assertNever } from '../../app-error.ts';
import { checkText, type Fill, type Reading } from './fill.ts';
import { readSegments } from './fill-text.ts';
import { variableName } from './item-environment.ts';
import { placeholderText } from './placeholder-value.ts';
import type { Placeholder } from './placeholders.ts';
import type { TemplateScope } from './scope.ts';
import { type ShellQuoting, ShellReader } from './shell-reader.ts';
import { TemplateProblem } from './template-problem.ts';

const PLACE = 'shell';

/** `plain`: digits, which mean the same in every place. */
type Piece = string | { placeholder: Placeholder; quoting: ShellQuoting | 'plain' };

/**
 * Reads a line for the system's shell. A value is quoted for the place where it stands and arrives as part of one word,
 * byte for byte. What the program that gets the word makes of it is its own affair.
 * @throws TemplateProblem where a value would stand in a place for which there is no safe quoting
 */
export function fillShell(line: string, reading: Reading): Fill<string> {
  const segments = readSegments(line, PLACE, 'seen-by-others', reading);
  if (segments === null) return null;
  const reader = new ShellReader();
  const pieces: Piece[] = [];
  for (const segment of segments) {
    if (typeof segment === 'string') {
      reader.read(segment);
      pieces.push(segment);
    } else if (segment.kind === 'index') {
      reader.read('0');
      pieces.push({ placeholder: segment, quoting: 'plain' });
    } else {
      pieces.push({ placeholder: segment, quoting: quotingOf(segment, reader, reading.shell) });
    }
  }
  return (scope) => pieces.map((piece) => put(piece, scope)).join('');
}

function quotingOf(
  placeholder: Placeholder,
  reader: ShellReader,
  shell: TemplateScope['shell'],
): ShellQuoting {
  if (shell === 'cmd') {
    throw new TemplateProblem(
      'template',
      `Expected no ${placeholder.source} in a line for cmd.exe, which has no safe way to quote it: use a program with arguments, or a script that reads the environment variable ${variableOf(placeholder)}.`,
    );
  }
  const place = reader.place();
  if (typeof place === 'string') return place;
  throw new TemplateProblem(
    'template',
    `Expected ${placeholder.source} in the shell line to stand where its value can be quoted, got it ${place.refused}: use "$${variableOf(placeholder)}" from the environment there, or a program with arguments.`,
  );
}

function put(piece: Piece, scope: TemplateScope): string {
  if (typeof piece === 'string') return piece;
  const { placeholder, quoting } = piece;
  const text = checkText(placeholderText(placeholder, PLACE, scope), placeholder.source, PLACE);
  return quote(text, quoting);
}

/** Between single quotes nothing has a meaning but a single quote (POSIX.1-2024, 2.2.2). */
function quote(text: string, quoting: ShellQuoting | 'plain'): string {
  const inside = text.replaceAll("'", String.raw`'\''`);
  switch (quoting) {
    case 'plain':
      return text;
    case 'single':
      return inside;
    case 'bare':
      return `'${inside}'`;
    case 'double':
      return `"'${inside}'"`;
    default:
      return assertNever(quoting);
  }
}

function variableOf(placeholder: Placeholder): string {
  const [field] = placeholder.kind === 'item' ? placeholder.path : [];
  return field === undefined ? 'JOBDECK_ITEM' : `JOBDECK_ITEM_${variableName(field)}`;
}
