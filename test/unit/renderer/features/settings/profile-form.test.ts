import { describe, expect, it } from 'vitest';
import type { AgentId, ModelProfile } from '#shared/contract/profiles.ts';
import { checkRequest } from '../../../../../src-main/adapters/validators/index.ts';
import {
  emptyProfile,
  formOfProfile,
  PRESETS,
  problemsOf,
  profileOf,
} from '../../../../../src-renderer/features/settings/models/profile-form.ts';

const ID = 'agent-123e4567-e89b-42d3-a456-426614174000' as AgentId;
const whole = { ...emptyProfile(), name: 'Local', baseUrl: 'http://127.0.0.1:11434/v1' };

describe('the form of a model profile', () => {
  it('gives back the profile it was made of', () => {
    const profile: ModelProfile = {
      id: ID,
      name: 'Local',
      base_url: 'http://127.0.0.1:11434/v1',
      model: 'llama3.2',
      parameters: { temperature: 0.2, stop: ['\n'] },
      secret_name: 'KEY',
    };
    expect(profileOf(formOfProfile(profile), ID)).toEqual(profile);
  });

  it('makes of the least there can be a profile that is taken', () => {
    expect(problemsOf(whole)).toEqual({});
    expect(checkRequest('profile:save', profileOf(whole, ID))).toBeNull();
  });

  it('takes the slashes off the end of the address', () => {
    expect(profileOf({ ...whole, baseUrl: ' http://127.0.0.1/v1// ' }, ID).base_url).toBe(
      'http://127.0.0.1/v1',
    );
  });

  it.each([
    ['no name', { name: ' ' }, 'name'],
    ['no address', { baseUrl: '' }, 'baseUrl'],
    ['an address of another kind', { baseUrl: 'ftp://127.0.0.1/v1' }, 'baseUrl'],
    ['a password in the address', { baseUrl: 'http://me:pw@127.0.0.1/v1' }, 'baseUrl'],
    ['a query in the address', { baseUrl: 'http://127.0.0.1/v1?key=1' }, 'baseUrl'],
    ['parameters that are no JSON', { parameters: '{temperature' }, 'parameters'],
    ['parameters that are no object', { parameters: '[1]' }, 'parameters'],
  ])('says what is wrong with %s', (_, change, field) => {
    expect(Object.keys(problemsOf({ ...whole, ...change }))).toEqual([field]);
  });

  it('begins with addresses that can be used', () => {
    for (const { baseUrl } of PRESETS) expect(problemsOf({ ...whole, baseUrl })).toEqual({});
  });
});
