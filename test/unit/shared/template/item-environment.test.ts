import { describe, expect, it } from 'vitest';
import { itemEnvironment, placeholdersOf } from '#shared/job/template/index.ts';

describe('the environment of an item', () => {
  it('holds a text as it is and anything else as JSON', () => {
    expect(itemEnvironment(3, 'a b')).toEqual({ JOBDECK_INDEX: '3', JOBDECK_ITEM: 'a b' });
    expect(itemEnvironment(0, [1, null])).toEqual({ JOBDECK_INDEX: '0', JOBDECK_ITEM: '[1,null]' });
    expect(itemEnvironment(0, null).JOBDECK_ITEM).toBe('null');
  });

  it('holds each field of an object under a name that a variable may have', () => {
    expect(itemEnvironment(1, { path: 'a', 'max-size': 2, größe: { x: 1 } })).toEqual({
      JOBDECK_INDEX: '1',
      JOBDECK_ITEM: '{"path":"a","max-size":2,"größe":{"x":1}}',
      JOBDECK_ITEM_PATH: 'a',
      JOBDECK_ITEM_MAX_SIZE: '2',
      JOBDECK_ITEM_GR_SSE: '{"x":1}',
    });
  });

  it('keeps the first of two fields that come to one name', () => {
    expect(itemEnvironment(0, { 'a-b': 'first', a_b: 'second' }).JOBDECK_ITEM_A_B).toBe('first');
  });

  it('leaves out what no environment takes', () => {
    expect(
      Object.keys(itemEnvironment(0, { long: 'x'.repeat(32_001), nul: '\0', half: '\uD800', short: 'y' })),
    ).toEqual(['JOBDECK_INDEX', 'JOBDECK_ITEM_SHORT']);
  });
});

describe('the placeholders of a task', () => {
  it('are found wherever they are, with their place', () => {
    const found = placeholdersOf({
      kind: 'llm',
      endpoint: 'chat/completions',
      request: {
        messages: [{ content: '{{item.a["b"]}} {{ index }}' }],
        'odd key': '{{secret.KEY}} {{.Names}}',
      },
    });
    expect(found).toEqual([
      {
        placeholder: { source: '{{item.a["b"]}}', kind: 'item', path: ['a', 'b'] },
        place: 'request.messages[0].content',
      },
      { placeholder: { source: '{{ index }}', kind: 'index' }, place: 'request.messages[0].content' },
      { placeholder: { source: '{{secret.KEY}}', kind: 'secret', name: 'KEY' }, place: 'request["odd key"]' },
    ]);
  });
});
