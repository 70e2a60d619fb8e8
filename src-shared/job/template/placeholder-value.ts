/** The value of a placeholder. */
import { assertNever } from '../../app-error.ts';
import type { Placeholder } from './placeholders.ts';
import type { TemplateScope } from './scope.ts';
import { TemplateProblem } from './template-problem.ts';
import { type Place, placeIn } from './texts.ts';

const MAX_FIELDS_TOLD = 10;
const MAX_NAME_TOLD = 40;

/**
 * The value as it is, typed.
 * @throws TemplateProblem where the item has no such field, or there is no such secret
 */
export function placeholderValue(placeholder: Placeholder, place: Place, scope: TemplateScope): unknown {
  switch (placeholder.kind) {
    case 'index':
      return scope.item?.index;
    case 'item':
      return fieldOf(placeholder.source, placeholder.path, scope.item?.value, place);
    case 'secret':
      return secretOf(placeholder.source, placeholder.name, place, scope);
    default:
      return assertNever(placeholder);
  }
}

/**
 * The value as text: a text as it is; numbers, true and false as JSON writes them, lists and objects as JSON.
 * @throws TemplateProblem as `placeholderValue`, and for null, which has no text: neither "null" nor nothing is what was meant
 */
export function placeholderText(placeholder: Placeholder, place: Place, scope: TemplateScope): string {
  const value = placeholderValue(placeholder, place, scope);
  if (typeof value === 'string') return value;
  if (value === null) {
    throw new TemplateProblem(
      'template',
      `Expected a value with a text for ${placeholder.source} in ${place}, got null: give the item one.`,
    );
  }
  return JSON.stringify(value);
}

function secretOf(source: string, name: string, place: Place, scope: TemplateScope): string {
  const value = scope.secret(name);
  if (value === null) return source;
  if (value !== undefined) return value;
  throw new TemplateProblem(
    'secret',
    `Expected a secret with the name ${name} for ${source} in ${place}, got none: add it in the settings, or on the command line with --secret ${name}=VALUE.`,
  );
}

function fieldOf(source: string, path: readonly string[], item: unknown, place: Place): unknown {
  let value = item;
  let reached: Place = 'item';
  for (const step of path) {
    if (!hasField(value, step)) {
      throw new TemplateProblem(
        'template',
        `Expected a value for ${source} in ${place}, got none: ${describe(value, reached)}.`,
      );
    }
    reached = placeIn(reached, Array.isArray(value) ? Number(step) : step);
    value = value[step];
  }
  return value;
}

/** Own properties alone: what every object inherits is no field, and neither is a list's length. */
function hasField(value: unknown, step: string): value is Record<string, unknown> {
  if (Array.isArray(value)) return /^(?:0|[1-9]\d*)$/u.test(step) && Object.hasOwn(value, step);
  return typeof value === 'object' && value !== null && Object.hasOwn(value, step);
}

function describe(value: unknown, name: Place): string {
  if (value === null) return `${name} is null`;
  if (Array.isArray(value)) {
    return value.length === 0
      ? `${name} is an empty list`
      : `${name} is a list of ${value.length}, from [0] on`;
  }
  if (typeof value !== 'object') return `${name} is ${NAMES[typeof value] ?? typeof value} without fields`;
  const fields = Object.keys(value);
  if (fields.length === 0) return `${name} has no fields`;
  const told = fields.slice(0, MAX_FIELDS_TOLD).map(quoteName).join(', ');
  const rest = fields.length - MAX_FIELDS_TOLD;
  return `${name} has the ${fields.length === 1 ? 'field' : 'fields'} ${told}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function quoteName(name: string): string {
  return JSON.stringify(name.length > MAX_NAME_TOLD ? `${name.slice(0, MAX_NAME_TOLD)}…` : name);
}

const NAMES: Record<string, string> = { string: 'a text', number: 'a number', boolean: 'true or false' };
