/** A model profile as it is typed, and what is wrong with it. Pure. */
import type { AgentId, ModelProfile } from '#shared/contract/profiles.ts';
import { parseJson } from '#shared/json/parse-json.ts';

export interface ProfileForm {
  name: string;
  baseUrl: string;
  model: string;
  /** JSON of an object; empty for none. */
  parameters: string;
  secretName: string;
}

/** Servers that people run, with the address each has when nothing was changed. */
export const PRESETS = [
  { name: 'Ollama', baseUrl: 'http://127.0.0.1:11434/v1' },
  { name: 'llama.cpp', baseUrl: 'http://127.0.0.1:8080/v1' },
  { name: 'LM Studio', baseUrl: 'http://127.0.0.1:1234/v1' },
  { name: 'vLLM', baseUrl: 'http://127.0.0.1:8000/v1' },
  { name: 'OpenAI', baseUrl: 'https://api.openai.com/v1' },
] as const;

export function emptyProfile(): ProfileForm {
  return { name: '', baseUrl: '', model: '', parameters: '', secretName: '' };
}

export function formOfProfile(profile: ModelProfile): ProfileForm {
  const hasParameters = Object.keys(profile.parameters).length > 0;
  return {
    name: profile.name,
    baseUrl: profile.base_url,
    model: profile.model ?? '',
    parameters: hasParameters ? JSON.stringify(profile.parameters, null, 2) : '',
    secretName: profile.secret_name ?? '',
  };
}

export type ProfileProblems = Partial<Record<keyof ProfileForm, string>>;

/** What is wrong, field by field; empty where nothing is. */
export function problemsOf(form: ProfileForm): ProfileProblems {
  const problems: ProfileProblems = {};
  if (form.name.trim() === '') problems.name = 'Expected a name.';
  const address = addressProblem(form.baseUrl.trim());
  if (address !== null) problems.baseUrl = address;
  if (parametersOf(form.parameters) === null) {
    problems.parameters = 'Expected a JSON object such as {"temperature": 0.2}.';
  }
  return problems;
}

/** The profile of a form without problems. */
export function profileOf(form: ProfileForm, id: AgentId): ModelProfile {
  return {
    id,
    name: form.name.trim(),
    base_url: withoutSlash(form.baseUrl.trim()),
    model: form.model.trim() || null,
    parameters: parametersOf(form.parameters) ?? {},
    secret_name: form.secretName || null,
  };
}

function addressProblem(text: string): string | null {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    return 'Expected an address such as http://127.0.0.1:11434/v1.';
  }
  if (url.username !== '' || url.password !== '') {
    return 'Expected no user name and no password in the address: save the key as a secret.';
  }
  return url.search === '' && url.hash === '' ? null : 'Expected an address that ends with its path.';
}

function withoutSlash(address: string): string {
  return address.replace(/\/+$/u, '');
}

function parametersOf(text: string): Record<string, unknown> | null {
  if (text.trim() === '') return {};
  try {
    const value = parseJson(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : null;
  } catch {
    // Half typed: the problem says what is expected.
    return null;
  }
}
