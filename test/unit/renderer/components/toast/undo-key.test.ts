import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { isUndoKey, offerUndo } from '../../../../../src-renderer/components/toast/undo-key.ts';

/** As much of an element as is asked for. */
class FakeElement extends EventTarget {
  readonly isField: boolean;
  constructor(isField: boolean) {
    super();
    this.isField = isField;
  }
  closest() {
    return this.isField ? this : null;
  }
}

const heard = new EventTarget();
beforeEach(() => {
  vi.stubGlobal('window', heard);
  vi.stubGlobal('Element', FakeElement);
});
afterEach(() => vi.unstubAllGlobals());

const CTRL_Z = { key: 'z', code: 'KeyZ', ctrlKey: true, metaKey: false, altKey: false, shiftKey: false };

/** @returns whether something took the key */
function press({ target = new FakeElement(false), ...keys }: Partial<KeyboardEvent> = {}): boolean {
  const event = Object.assign(new Event('keydown', { cancelable: true }), { ...CTRL_Z, ...keys });
  Object.defineProperty(event, 'target', { value: target });
  heard.dispatchEvent(event);
  return event.defaultPrevented;
}

it.each([
  [{}, true],
  [{ ctrlKey: false, metaKey: true }, true],
  [{ key: 'Z' }, true],
  // A German and a Russian keyboard.
  [{ key: 'z', code: 'KeyY' }, true],
  [{ key: 'y', code: 'KeyZ' }, false],
  [{ key: 'я', code: 'KeyZ' }, true],
  [{ shiftKey: true }, false],
  [{ altKey: true }, false],
  [{ ctrlKey: false }, false],
])('%j undoes: %s', (keys, expected) => {
  expect(isUndoKey({ ...CTRL_Z, ...keys })).toBe(expected);
});

it('undoes what is newest, as long as it is offered, and leaves the key alone after that', () => {
  const done: string[] = [];
  const withdraw = { first: () => {}, second: () => {} };
  withdraw.first = offerUndo(() => {
    done.push('first');
    withdraw.first();
  });
  withdraw.second = offerUndo(() => {
    done.push('second');
    withdraw.second();
  });
  expect(press()).toBe(true);
  expect(done).toEqual(['second']);
  withdraw.second();
  expect(press()).toBe(true);
  expect(done).toEqual(['second', 'first']);
  expect(press()).toBe(false);
  offerUndo(() => done.push('third'))();
  expect(press()).toBe(false);
});

it('leaves what was typed to the field that it was typed in', () => {
  const run = vi.fn();
  const withdraw = offerUndo(run);
  expect(press({ target: new FakeElement(true) as never })).toBe(false);
  expect(run).not.toHaveBeenCalled();
  expect(press()).toBe(true);
  withdraw();
});
