import { expect, test } from 'vitest';
import type { AgentId, ModelProfile } from '#shared/contract/profiles.ts';
import type { Meta } from '../../../../src-main/adapters/journal/meta.ts';
import { createProfileStore } from '../../../../src-main/adapters/profiles/profile-store.ts';
import { isModelProfile } from '../../../../src-main/adapters/validators/index.ts';

function memoryMeta(text?: string): Meta & { text: () => string | undefined } {
  const values = new Map(text === undefined ? [] : [['model_profiles', text]]);
  return {
    read: (key) => values.get(key) ?? null,
    write: (key, value) => void values.set(key, value),
    text: () => values.get('model_profiles'),
  };
}

function openStore(meta: Meta) {
  const problems: string[] = [];
  const onProblem = (error: Error) => void problems.push(error.message);
  return { store: createProfileStore(meta, { isProfile: isModelProfile, onProblem }), problems };
}

const profile = (last: string, over: Partial<ModelProfile> = {}): ModelProfile => ({
  id: `agent-1f2e3d4c-0000-4000-8000-00000000000${last}` as AgentId,
  name: `Local ${last}`,
  base_url: 'http://127.0.0.1:11434/v1',
  model: null,
  parameters: { temperature: 0 },
  secret_name: null,
  ...over,
});

test('profiles are there at the next start, in the order in which they were first saved', () => {
  const meta = memoryMeta();
  const { store } = openStore(meta);
  for (const last of ['b', 'a', 'c']) store.save(profile(last));
  store.save(profile('b', { name: 'Renamed' }));
  store.remove(profile('a').id);
  const { store: next, problems } = openStore(meta);
  expect(next.list()).toEqual([profile('b', { name: 'Renamed' }), profile('c')]);
  expect(next.get(profile('c').id)).toEqual(profile('c'));
  expect(next.get(profile('a').id)).toBeUndefined();
  expect(problems).toEqual([]);
});

test('what is no profile is not saved', () => {
  const meta = memoryMeta();
  const { store } = openStore(meta);
  expect(() => store.save(profile('a', { base_url: 'ftp://x' }))).toThrow('Expected a valid model profile');
  expect([store.list(), meta.text()]).toEqual([[], undefined]);
});

test('a damaged profile is left out and counted, and the others can be used', () => {
  const kept = JSON.stringify([profile('a'), { id: 'agent-1' }, profile('b')]);
  const { store, problems } = openStore(memoryMeta(kept));
  expect(store.list()).toEqual([profile('a'), profile('b')]);
  expect(problems).toEqual([
    "1 of the saved model profiles can't be read and were left out. Set them up again.",
  ]);
});

test.each(['{', '{}', 'null'])(
  'where all are damaged, as in %s, there are none, and that is said',
  (text) => {
    const { store, problems } = openStore(memoryMeta(text));
    expect(store.list()).toEqual([]);
    expect(problems).toHaveLength(1);
  },
);

test('a write that fails changes nothing', () => {
  const meta = memoryMeta();
  const { store } = openStore(meta);
  store.save(profile('a'));
  meta.write = () => {
    throw new Error('disk full');
  };
  expect(() => store.save(profile('b'))).toThrow('disk full');
  expect(() => store.remove(profile('a').id)).toThrow('disk full');
  expect(store.list()).toEqual([profile('a')]);
});
