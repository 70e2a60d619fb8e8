import { json } from '@codemirror/lang-json';
import { EditorState } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { pointerRange } from '../../../../src-renderer/components/editor/pointer-range.ts';

const DOC = '{\n  "a/b": {"x": [10, {"y": true}]},\n  "tags": []\n}';
const state = EditorState.create({ doc: DOC, extensions: [json()] });
const textAt = (pointer: string) => {
  const { from, to } = pointerRange(state, pointer);
  return DOC.slice(from, to);
};

describe('pointerRange', () => {
  it('finds properties and elements, with escaped names', () => {
    expect(textAt('/a~1b/x/0')).toBe('10');
    expect(textAt('/a~1b/x/1/y')).toBe('"y": true');
    expect(textAt('/tags')).toBe('"tags"');
  });

  it('gives the nearest thing around what is not there', () => {
    expect(textAt('/tags/5')).toBe('"tags"');
    expect(textAt('/nothing')).toBe('{');
    expect(textAt('')).toBe('{');
  });

  it('stays inside a text that is empty or broken', () => {
    for (const doc of ['', '{', '{"a": ', '[1,']) {
      const broken = EditorState.create({ doc, extensions: [json()] });
      const { from, to } = pointerRange(broken, '/a/0');
      expect(from).toBeGreaterThanOrEqual(0);
      expect(to).toBeLessThanOrEqual(doc.length);
    }
  });
});
