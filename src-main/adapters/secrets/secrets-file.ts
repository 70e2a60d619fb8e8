/** Files of secrets for the command line: `--secrets-file`. */
import { readFileSync } from 'node:fs';
import { AppError } from '#shared/app-error.ts';
import { codeOf } from '../process/system-error.ts';
import { checkSecret } from './check-secret.ts';
import { accessOf } from './owner-only.ts';

/**
 * Reads a file of secrets.
 * @throws AppError `bad-request` where it is not there, others may read it, or a line of it is no secret
 */
export function readSecretsFile(path: string): Map<string, string> {
  const text = readPrivate(path);
  try {
    return parseSecretsFile(text);
  } catch (error) {
    throw error instanceof AppError ? refused(`${path}: ${error.message}`) : error;
  }
}

/**
 * Reads a file that holds one secret and nothing else.
 * @throws AppError `bad-request` where it is not there, others may read it, or it holds more than a line
 */
export function readOneSecret(path: string): string {
  const secret = readPrivate(path)
    .replace(/^\uFEFF/, '')
    .trim();
  if (secret !== '' && !/\s/u.test(secret)) return secret;
  throw refused(`Expected ${path} to hold one secret and nothing else.`);
}

function readPrivate(path: string): string {
  try {
    if (accessOf(path) === 'open') {
      throw refused(`The secrets file ${path} can be read by others. Run chmod 600 ${path} first.`);
    }
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw refused(`The secrets file ${path} can't be read: ${codeOf(error)}.`);
  }
}

/**
 * The secrets of a text: lines of NAME=VALUE, or one JSON object of strings. A value is all that follows the `=`, as
 * it stands: quotes are a part of it. Empty lines and lines that begin with # are left out.
 * @throws AppError `bad-request` that names the line, and never what it holds
 */
export function parseSecretsFile(text: string): Map<string, string> {
  const plain = text.replace(/^\uFEFF/, '');
  const secrets = new Map<string, string>();
  for (const { name, value, where } of plain.trimStart().startsWith('{')
    ? fromJson(plain)
    : fromLines(plain)) {
    if (secrets.has(name)) throw refused(`${where} gives the secret ${name} a second time.`);
    try {
      checkSecret(name, value);
    } catch (error) {
      throw error instanceof AppError ? refused(`${where}: ${error.message}`) : error;
    }
    secrets.set(name, value);
  }
  return secrets;
}

interface Entry {
  name: string;
  value: string;
  where: string;
}

function fromLines(text: string): Entry[] {
  return text.split('\n').flatMap((ended, index) => {
    const line = ended.replace(/\r$/, '').trimStart();
    if (line.trim() === '' || line.startsWith('#')) return [];
    const where = `Line ${index + 1}`;
    const equals = line.indexOf('=');
    // The line may be a secret that lost its name, so it is not shown.
    if (equals < 0) throw refused(`${where}: expected NAME=VALUE, got no =.`);
    return [{ name: line.slice(0, equals).trimEnd(), value: line.slice(equals + 1), where }];
  });
}

function fromJson(text: string): Entry[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The error quotes the text, which holds secrets.
    throw refused('Expected a JSON object of names and values, or lines of NAME=VALUE; the JSON is damaged.');
  }
  return Object.entries(value as Record<string, unknown>).map(([name, secret]) => {
    const where = `The property ${JSON.stringify(name)}`;
    if (typeof secret !== 'string') throw refused(`${where}: expected a string.`);
    return { name, value: secret, where };
  });
}

const refused = (message: string) => new AppError('bad-request', message);
