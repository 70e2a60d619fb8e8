import { describe, expect, it } from 'vitest';
import { cursorOf, EMPTY_SELECTION, type Selection } from '../../../../src-renderer/store/selection.ts';
import { afterKey, type PressedKey } from '../../../../src-renderer/store/selection-keys.ts';

const order = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
const list = { order, placeOf: (id: string) => order.indexOf(id), pageRows: 3 };

/** "Shift+ArrowDown" and the like, one after the other. */
function pressed(selection: Selection<string>, ...keys: string[]): Selection<string> {
  return keys.reduce((before, key) => afterKey(before, list, event(key))?.selection ?? before, selection);
}

function event(combination: string, change: Partial<PressedKey> = {}): PressedKey {
  const parts = combination.split('+');
  return {
    key: parts.at(-1) ?? '',
    shiftKey: parts.includes('Shift'),
    ctrlKey: parts.includes('Ctrl'),
    metaKey: parts.includes('Meta'),
    altKey: parts.includes('Alt'),
    repeat: false,
    ...change,
  };
}

const NONE: Selection<string> = EMPTY_SELECTION;
const ids = (selection: Selection<string>) => [...selection.ids].join('');

describe('the keys of a list', () => {
  it('select rows that are not next to each other', () => {
    const two = pressed(NONE, 'Home', 'Ctrl+ArrowDown', 'Ctrl+ArrowDown', ' ');
    expect(ids(two)).toBe('ac');
    const three = pressed(two, 'Ctrl+ArrowDown', 'Ctrl+ArrowDown', ' ');
    expect(ids(three)).toBe('ace');
    expect(ids(pressed(three, 'Ctrl+ArrowUp', 'Ctrl+ArrowUp', ' '))).toBe('ae');
    expect(ids(pressed(NONE, 'Home', 'Meta+ArrowDown', ' '))).toBe('ab');
  });

  it('move the keyboard alone with Ctrl, to the ends too', () => {
    const moved = pressed(NONE, 'Home', 'Ctrl+End');
    expect(ids(moved)).toBe('a');
    expect(moved.active).toBe('a');
    expect(cursorOf(moved)).toBe('g');
    expect(cursorOf(pressed(moved, 'Ctrl+Home'))).toBe('a');
  });

  it('go on from where the keyboard is', () => {
    expect(ids(pressed(NONE, 'Home', 'Ctrl+ArrowDown', 'ArrowDown'))).toBe('c');
    expect(ids(pressed(NONE, 'Home', 'Ctrl+ArrowDown', 'Shift+ArrowDown'))).toBe('abc');
  });

  it('move by as many rows as are seen, and stop at the ends', () => {
    expect(ids(pressed(NONE, 'Home', 'PageDown'))).toBe('d');
    expect(ids(pressed(NONE, 'Home', 'PageDown', 'PageDown', 'PageDown'))).toBe('g');
    expect(ids(pressed(NONE, 'ArrowUp'))).toBe('g');
    expect(ids(pressed(NONE, 'ArrowDown'))).toBe('a');
  });

  it('say what to bring into sight', () => {
    expect(afterKey(NONE, list, event('End'))?.reveal).toBe(6);
    expect(afterKey(NONE, list, event('Ctrl+a'))?.reveal).toBeNull();
  });

  it('select all, and go back to one', () => {
    const all = pressed(NONE, 'Home', 'Ctrl+a');
    expect(ids(all)).toBe('abcdefg');
    expect(ids(pressed(all, 'Escape'))).toBe('a');
  });

  it('leave to others what is theirs', () => {
    const one = pressed(NONE, 'Home');
    for (const key of ['Enter', 'Escape', 'Delete', 'x', 'Ctrl+PageDown', 'Alt+ArrowDown']) {
      expect(afterKey(one, list, event(key)), key).toBeNull();
    }
    expect(afterKey(one, list, event(' ', { repeat: true }))).toBeNull();
    expect(afterKey(NONE, { ...list, order: [] }, event('End'))).toBeNull();
  });
});
