/** Looks at an input file of OpenAI's Batch API. */
import type { OpenAiBatchFile } from '#shared/contract/items.ts';
import { endpointOfUrl } from '#shared/job/openai-batch.ts';
import { LLM_ENDPOINTS } from '#shared/job/tasks.ts';
import { type IdRegister, openIdRegister } from '../documents/id-register.ts';
import { createPause } from '../documents/pause.ts';
import { readJsonLines } from '../items/jsonl-items.ts';

/** As for items of any JSONL file. */
const MAX_LINE_BYTES = 16 * 1024 * 1024;
const MAX_PROBLEMS = 100;
const MAX_MODELS = 100;

/**
 * Reads it through. What is wrong with a line is among the problems, of which the first 100 are kept; `endpoint` is null
 * where any is wrong.
 * @param path absolute
 * @throws AppError `not-found`, `bad-request`, `io` where it can't be read; `invalid-document` where it is no text in
 * UTF-8, or a line is too long; `disk-full` where the ids of a large file have no room on the disk meanwhile
 */
export async function inspectOpenAiBatch(path: string): Promise<OpenAiBatchFile> {
  const customIds = openIdRegister();
  try {
    return await inspected(path, customIds);
  } finally {
    customIds.close();
  }
}

async function inspected(path: string, customIds: IdRegister): Promise<OpenAiBatchFile> {
  const problems: OpenAiBatchFile['problems'] = [];
  const models = new Set<string>();
  /** That of the first line that has one. */
  let first: { url: string; line: number } | null = null;
  let requests = 0;
  const pause = createPause();
  for await (const { line, value, problems: syntax } of readJsonLines(path, MAX_LINE_BYTES)) {
    requests++;
    const tell = (message: string) => {
      if (problems.length < MAX_PROBLEMS) problems.push({ line, message });
    };
    await pause();
    if (syntax.length > 0) {
      for (const { message } of syntax) tell(message);
      continue;
    }
    if (!isFields(value)) {
      tell(`Expected an object with custom_id, method, url and body, got ${nameOf(value)}.`);
      continue;
    }
    checkCustomId(value.custom_id, line, customIds, tell);
    if (value.method !== 'POST') tell(`Expected method to be "POST", got ${shown(value.method)}.`);
    if (endpointOfUrl(value.url) === null) {
      tell(`Expected url to be ${KNOWN_URLS}, got ${shown(value.url)}.`);
    } else if (first === null) {
      first = { url: String(value.url), line };
    } else if (value.url !== first.url) {
      tell(`Expected url to be "${first.url}" as in line ${first.line}, got ${shown(value.url)}.`);
    }
    checkBody(value.body, models, tell);
  }
  if (requests === 0)
    problems.push({ line: 1, message: 'Expected a request on each line, got an empty file.' });
  return {
    path,
    requests,
    endpoint: problems.length === 0 ? endpointOfUrl(first?.url) : null,
    models: [...models],
    problems,
  };
}

const KNOWN_URLS = LLM_ENDPOINTS.map((endpoint) => `"/v1/${endpoint}"`).join(' or ');

function checkCustomId(id: unknown, line: number, seen: IdRegister, tell: (message: string) => void): void {
  if (typeof id !== 'string' || id === '') {
    tell(`Expected custom_id to be a text that names the request, got ${shown(id)}.`);
    return;
  }
  const before = seen.firstPlace(id, String(line));
  if (before !== null)
    tell(`Expected each custom_id once, got ${shown(id)} again (first in line ${before}).`);
}

function checkBody(body: unknown, models: Set<string>, tell: (message: string) => void): void {
  if (!isFields(body)) {
    tell(`Expected body to be an object, got ${nameOf(body)}.`);
    return;
  }
  if (typeof body.model === 'string' && models.size < MAX_MODELS) models.add(body.model);
  if (body.stream === true) {
    tell('Expected body.stream to be absent or false, got true: an output file holds whole answers.');
  }
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

function nameOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return value === undefined ? 'nothing' : shown(value);
}
