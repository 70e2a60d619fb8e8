/** What ajv found, as sentences for people: what was expected, what came, where. */
import type { ErrorObject } from 'ajv';
import type { DocumentProblem } from '#shared/contract/documents.ts';
import { pointerStep } from '#shared/json/pointer-step.ts';
import { impossibleTime } from './date-time.ts';
import { describe, inWords, meaningOfPattern, oneOf, suggestion } from './words.ts';

/** A document can be wrong in a hundred thousand places; nobody reads more than these. */
const MAX_PROBLEMS = 100;

/** The problems that ajv's errors stand for: each place once, without the echoes of `anyOf`, `oneOf` and `if`. */
export function explain(errors: readonly ErrorObject[]): DocumentProblem[] {
  const { kept, nullable } = withoutEchoes(errors);
  const seen = new Map<string, DocumentProblem>();
  for (const error of kept) {
    const problem = sentence(error, nullable.has(error.instancePath));
    seen.set(`${problem.path}\n${problem.message}`, problem);
  }
  const problems = [...seen.values()];
  if (problems.length <= MAX_PROBLEMS) return problems;
  const more = problems.length - MAX_PROBLEMS;
  return [...problems.slice(0, MAX_PROBLEMS), { path: '', message: `${more} more problems are not shown.` }];
}

/**
 * ajv reports every branch that did not fit and then the choice itself. Of "this or null" the branch that is not
 * null is kept, of any other choice the branch that was meant, or the choice where none stands out.
 */
function withoutEchoes(errors: readonly ErrorObject[]): { kept: ErrorObject[]; nullable: Set<string> } {
  const nullable = new Set<string>();
  let kept: ErrorObject[] = [];
  for (const error of errors) {
    if (error.keyword === 'if' || error.keyword === 'propertyNames') continue;
    if (error.keyword === 'anyOf' && isOrNull(error.schema)) {
      nullable.add(error.instancePath);
      kept = kept.filter(
        (other) => !(other.instancePath === error.instancePath && other.params.type === 'null'),
      );
    } else if (error.keyword === 'oneOf') {
      const branches = kept.filter((other) => other.schemaPath.startsWith(`${error.schemaPath}/`));
      kept = kept.filter((other) => !branches.includes(other));
      const meant = branchThatWasMeant(error, branches);
      kept.push(...(meant ?? [error]));
    } else {
      kept.push(error);
    }
  }
  return { kept, nullable };
}

function isOrNull(schema: unknown): boolean {
  return Array.isArray(schema) && schema.some((branch) => branch?.type === 'null');
}

/** The one branch all of whose required properties are there. */
function branchThatWasMeant(choice: ErrorObject, errors: ErrorObject[]): ErrorObject[] | null {
  const byBranch = Map.groupBy(
    errors,
    (error) => error.schemaPath.slice(choice.schemaPath.length + 1).split('/')[0],
  );
  const meant = [...byBranch.values()].filter(
    (branch) =>
      !branch.some((error) => error.keyword === 'required' && error.instancePath === choice.instancePath),
  );
  return meant.length === 1 && meant[0] !== undefined ? meant[0] : null;
}

function sentence(error: ErrorObject, nullable: boolean): DocumentProblem {
  const { instancePath: path, params, data, propertyName } = error;
  // Inside `propertyNames` the value is the name itself.
  if (propertyName !== undefined) return misnamed(error, propertyName);
  const at = (message: string): DocumentProblem => ({ path, message });
  const expected = (what: string) =>
    at(`Expected ${what}${nullable ? ' or null' : ''}, got ${describe(data)}.`);
  switch (error.keyword) {
    case 'type':
      return expected(typeInWords(params.type, error.parentSchema?.format, nullable));
    case 'enum': {
      const values = nullable ? [...params.allowedValues, null] : params.allowedValues;
      return at(`Expected ${oneOf(values)}, got ${describe(data)}.${suggestion(data, values)}`);
    }
    case 'const':
      return expected(describe(params.allowedValue));
    case 'format':
      return at(
        `${expected(FORMATS[params.format] ?? `text in the format ${params.format}`).message}${whyNot(error)}`,
      );
    case 'pattern':
      return expected(meaningOfPattern(params.pattern));
    case 'required':
      return at(`Expected a property ${describe(params.missingProperty)}, got none.`);
    case 'additionalProperties':
      return unknownProperty(error);
    case 'discriminator':
      return wrongKind(error);
    case 'oneOf':
      return expected(`${branchNames(error.schema)} and nothing beside`);
    case 'false schema':
      return at(`Expected no such property beside the others that are given here, got ${describe(data)}.`);
    case 'minLength':
      return expected(params.limit === 1 ? 'text that is not empty' : `at least ${params.limit} characters`);
    case 'maxLength':
      return expected(`at most ${params.limit} characters`);
    case 'minItems':
      return expected(`a list of at least ${params.limit}`);
    case 'maxItems':
      return expected(`a list of at most ${params.limit}`);
    case 'minProperties':
      return expected(`an object with at least ${params.limit} of its own properties`);
    case 'minimum':
      return expected(`a number of at least ${params.limit}`);
    case 'maximum':
      return expected(`a number of at most ${params.limit}`);
    default:
      return at(`Expected a value that ${error.message ?? error.keyword}, got ${describe(data)}.`);
  }
}

function misnamed(error: ErrorObject, name: string): DocumentProblem {
  const what = error.keyword === 'pattern' ? meaningOfPattern(error.params.pattern) : 'a usable name';
  return {
    path: `${error.instancePath}/${pointerStep(name)}`,
    message: `Expected ${what}, got ${describe(name)}.`,
  };
}

function unknownProperty(error: ErrorObject): DocumentProblem {
  const name: string = error.params.additionalProperty;
  const known = Object.keys(error.parentSchema?.properties ?? {});
  return {
    path: `${error.instancePath}/${pointerStep(name)}`,
    message: `Expected only properties that the schema knows, got ${describe(name)}.${suggestion(name, known)}`,
  };
}

const FORMATS: Record<string, string> = {
  'date-time': 'a date-time such as "2026-11-23T09:30:00Z"',
  uuid: 'a UUID',
};

/** What a day or a time that there is not lacks, in a sentence of its own. */
function whyNot({ params, data }: ErrorObject): string {
  const missing = params.format === 'date-time' ? impossibleTime(String(data)) : null;
  return missing === null ? '' : ` There is ${missing}.`;
}

const TYPES: Record<string, string> = {
  object: 'an object',
  array: 'a list',
  string: 'text',
  boolean: 'true or false',
  integer: 'a whole number',
  number: 'a number',
  null: 'null',
};

function typeInWords(type: string | string[], format: string | undefined, nullable: boolean): string {
  if (format !== undefined && FORMATS[format] !== undefined) return FORMATS[format];
  return [type]
    .flat()
    .filter((name) => !(nullable && name === 'null'))
    .map((name) => TYPES[name] ?? name)
    .join(' or ');
}

function wrongKind(error: ErrorObject): DocumentProblem {
  const { tag, tagValue } = error.params;
  const kinds: unknown[] = (error.parentSchema?.oneOf ?? []).map(
    (branch: { properties?: Record<string, { const?: unknown }> }) => branch.properties?.[tag]?.const,
  );
  return {
    path: `${error.instancePath}/${tag}`,
    message: `Expected ${oneOf(kinds)}, got ${describe(tagValue)}.${suggestion(tagValue, kinds)}`,
  };
}

/** What each branch of a choice is known by: the properties that it requires. */
function branchNames(branches: unknown): string {
  const names = Array.isArray(branches)
    ? branches.map((branch) => (branch?.required ?? []).map(describe).join(' and '))
    : [];
  return `an object with ${inWords(names)}`;
}
