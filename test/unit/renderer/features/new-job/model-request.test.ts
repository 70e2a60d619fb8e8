import { describe, expect, it } from 'vitest';
import {
  maxTokensOf,
  requestFor,
  withMaxTokens,
  withModel,
  withWords,
  wordsOf,
} from '../../../../../src-renderer/features/new-job/draft/model-request.ts';

const user = (content: string) => ({ role: 'user', content });

describe('the words of a model request', () => {
  it.each([
    ['chat/completions', { system: 'be brief', user: 'hi' }],
    ['responses', { system: 'be brief', user: 'hi' }],
    ['completions', { system: null, user: 'hi' }],
    ['embeddings', { system: null, user: 'hi' }],
  ] as const)('are read from %s as they were written', (endpoint, words) => {
    const request = withWords(endpoint, { model: 'm', top_p: 0.5 }, words);
    expect(wordsOf(endpoint, request)).toEqual(words);
    expect(request).toMatchObject({ model: 'm', top_p: 0.5 });
  });

  it('leave out a system message that is empty', () => {
    expect(withWords('chat/completions', {}, { system: '', user: 'hi' })).toEqual({ messages: [user('hi')] });
    expect(withWords('responses', { instructions: 'x' }, { system: '', user: 'hi' })).toEqual({
      input: 'hi',
    });
  });

  it('keep the role of a developer message', () => {
    const request = { messages: [{ role: 'developer', content: 'a' }, user('b')] };
    expect(withWords('chat/completions', request, { system: 'c', user: 'd' })).toEqual({
      messages: [{ role: 'developer', content: 'c' }, user('d')],
    });
  });

  it.each([
    ['several turns', [user('a'), { role: 'assistant', content: 'b' }, user('c')]],
    ['a picture', [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'x' } }] }]],
    ['a name', [{ ...user('a'), name: 'ada' }]],
    ['two questions', [user('a'), user('b')]],
    ['a text in place of the list', 'a'],
  ])('are not shown for a request with %s, which the form would destroy', (_, messages) => {
    expect(wordsOf('chat/completions', { messages })).toBeNull();
  });

  it('are not shown for an input that is a list', () => {
    expect(wordsOf('embeddings', { input: ['a', 'b'] })).toBeNull();
    expect(wordsOf('responses', { input: [user('a')] })).toBeNull();
  });
});

describe('a request for another endpoint', () => {
  it('has the same words and the same limit under the names that the endpoint knows', () => {
    const chat = { model: 'm', messages: [{ role: 'system', content: 's' }, user('u')], max_tokens: 9 };
    expect(requestFor('responses', 'chat/completions', chat)).toEqual({
      model: 'm',
      instructions: 's',
      input: 'u',
      max_output_tokens: 9,
    });
    expect(requestFor('embeddings', 'chat/completions', chat)).toEqual({ model: 'm', input: 'u' });
  });

  it('stays a template that stands for the whole of it', () => {
    expect(requestFor('responses', 'chat/completions', '{{item.body}}')).toBe('{{item.body}}');
  });
});

describe('the parameters of a model request', () => {
  it('change the limit under the name that the request has for it', () => {
    const request = { max_completion_tokens: 5 };
    expect(maxTokensOf('chat/completions', request)).toBe(5);
    expect(withMaxTokens('chat/completions', request, 7)).toEqual({ max_completion_tokens: 7 });
    expect(withMaxTokens('chat/completions', {}, 7)).toEqual({ max_tokens: 7 });
    expect(withMaxTokens('chat/completions', { max_tokens: 7 }, null)).toEqual({});
  });

  it('name the model first, and not at all where it is the profile’s', () => {
    expect(Object.keys(withModel({ messages: [] }, 'm'))).toEqual(['model', 'messages']);
    expect(withModel({ model: 'm', messages: [] }, '')).toEqual({ messages: [] });
  });
});
