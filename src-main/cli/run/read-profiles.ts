/** `--profile FILE`: model profiles that jobs name in `agent_id`. */
import { readFile } from 'node:fs/promises';
import { AppError } from '#shared/app-error.ts';
import type { ModelProfile } from '#shared/contract/profiles.ts';
import { toErrorValue } from '#shared/contract/result.ts';
import { parseJson } from '#shared/json/parse-json.ts';
import { checkRequest } from '../../adapters/validators/index.ts';

/**
 * The profiles of a file that holds one, or a list of them.
 * @throws AppError `io` or `invalid-document`
 */
export async function readProfiles(path: string): Promise<ModelProfile[]> {
  const value = await readJson(path);
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.map((profile, index) => {
    const [problem] = checkRequest('profile:save', profile) ?? [];
    if (problem === undefined) return profile as ModelProfile;
    const where = `${path}: ${Array.isArray(value) ? `/${index}` : ''}${problem.path}`;
    throw new AppError('invalid-document', `${where}: ${problem.message}`);
  });
}

async function readJson(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new AppError(
      'io',
      `Expected a file of model profiles at ${path}, got: ${toErrorValue(error).message}`,
    );
  }
  try {
    return parseJson(text);
  } catch (error) {
    throw new AppError('invalid-document', `${path}: Expected JSON, got: ${toErrorValue(error).message}`);
  }
}
