/** What a secret looks like in output: as it is, and as JSON, URLs and base64 write it. */
import { AppError } from '#shared/app-error.ts';
import { MIN_SECRET_CHARACTERS } from '#shared/contract/profiles.ts';

/** A shorter form of a value is too likely to be something else, bytes. */
const MIN_DERIVED_BYTES = 8;

/**
 * The byte strings to look for, each once. Space around a value is left out of them: a program that reads a secret
 * from a line prints it without.
 * @throws AppError `internal` where a value is shorter than what may be kept as a secret: its redaction would
 * replace half of any output, and leaving it there in silence is worse
 */
export function secretForms(values: readonly string[]): Buffer[] {
  const forms = new Map<string, Buffer>();
  const add = (form: Buffer) => forms.set(form.toString('latin1'), form);
  for (const whole of values) {
    const value = whole.trim().length >= MIN_SECRET_CHARACTERS ? whole.trim() : whole;
    if (value.length < MIN_SECRET_CHARACTERS) {
      const message = `Expected a secret's value to have at least ${MIN_SECRET_CHARACTERS} characters.`;
      throw new AppError('internal', message);
    }
    const bytes = Buffer.from(value, 'utf8');
    add(bytes);
    const derived = [...textForms(value).map((text) => Buffer.from(text, 'utf8')), ...base64Forms(bytes)];
    for (const form of derived) if (form.length >= MIN_DERIVED_BYTES) add(form);
  }
  return [...forms.values()];
}

function textForms(value: string): string[] {
  const json = JSON.stringify(value).slice(1, -1);
  // A lone surrogate has no bytes of its own; in URLs it is U+FFFD, as in UTF-8.
  const percent = encodeURIComponent(value.toWellFormed());
  const form = new URLSearchParams({ v: value }).toString().slice(2);
  return [json, json.replace(/[^\0-\x7f]/gu, escapedForJson), json.replaceAll('/', '\\/'), percent, form];
}

/** As writers of ASCII-only JSON put it: each UTF-16 unit in hexadecimal. */
function escapedForJson(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}

/**
 * What of a value's base64 does not depend on its neighbours, at each of the three places it can have in a group:
 * `user:password` of a Basic header holds the password's bytes at one of them.
 */
function base64Forms(bytes: Buffer): Buffer[] {
  return [0, 1, 2].flatMap((before) => {
    const length = before + bytes.length;
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    // Each character holds six bits: those that hold a bit of a neighbour are left out.
    const stable = text.slice(Math.ceil((before * 8) / 6), Math.floor((length * 8) / 6));
    return [stable, stable.replaceAll('+', '-').replaceAll('/', '_')].map((form) =>
      Buffer.from(form, 'latin1'),
    );
  });
}
