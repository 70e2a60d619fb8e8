import { describe, expect, it } from 'vitest';
import { withCallbackUrl } from '../../../../../src-renderer/features/callbacks/receiver/draft-with-callback.ts';
import { makeSecret } from '../../../../../src-renderer/features/callbacks/receiver/make-secret.ts';
import { parsePort } from '../../../../../src-renderer/features/callbacks/receiver/receiver-form.ts';

const URL_HERE = 'http://127.0.0.1:43117/';

describe('the receiver', () => {
  it('makes secrets of 32 bytes, each another one', () => {
    const secrets = Array.from({ length: 20 }, makeSecret);
    expect(new Set(secrets).size).toBe(20);
    for (const secret of secrets) {
      expect(secret.startsWith('whsec_')).toBe(true);
      expect(Buffer.from(secret.slice('whsec_'.length), 'base64')).toHaveLength(32);
    }
  });

  it('takes any port there is, and nothing for one that is free', () => {
    expect(['', ' ', '1', '65535'].map(parsePort)).toEqual([null, null, 1, 65_535]);
    expect(['0', '65536', '80a', '-1', '8.0'].map(parsePort)).toEqual(
      Array.from({ length: 5 }, () => undefined),
    );
  });
});

describe('its URL in the draft of a job', () => {
  it('begins a job where none was begun', () => {
    expect(JSON.parse(withCallbackUrl(null, URL_HERE))).toMatchObject({
      callback_url: URL_HERE,
      metadata: { jobdeck: { task: { kind: 'command', shell: '' } } },
    });
  });

  it('leaves all else of a draft as it is', () => {
    const draft = { job_type: 'run', metadata: { jobdeck: { version: 1, name: 'Mine' }, other: 1 } };
    expect(JSON.parse(withCallbackUrl(JSON.stringify(draft), URL_HERE))).toEqual({
      ...draft,
      callback_url: URL_HERE,
    });
  });

  it('does not touch what is half typed', () => {
    expect(withCallbackUrl('{"job_type": "jo', URL_HERE)).toBe('{"job_type": "jo');
    expect(withCallbackUrl('[1]', URL_HERE)).toBe('[1]');
  });
});
