/** Ctrl+Z, or Command+Z: it undoes what a toast offers to undo, also where a dialog keeps the focus to itself. */
import { isTextField } from '../is-text-field.ts';

interface Undo {
  run: () => void;
}

/** The newest is the last. */
const undos: Undo[] = [];

/**
 * Lets the key do it, as long as nothing newer can be undone. The key is listened for only while it does something.
 * @returns what takes it back
 */
export function offerUndo(run: () => void): () => void {
  const undo = { run };
  if (undos.length === 0) window.addEventListener('keydown', press);
  undos.push(undo);
  return () => {
    const place = undos.indexOf(undo);
    if (place < 0) return;
    undos.splice(place, 1);
    if (undos.length === 0) window.removeEventListener('keydown', press);
  };
}

/** True for the keys of undoing, wherever Z lies on a keyboard; where its letters are not Latin, by its place. */
export function isUndoKey(
  event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): boolean {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return false;
  const isLatin = /^[a-z]$/iu.test(event.key);
  return isLatin ? event.key.toLowerCase() === 'z' : event.code === 'KeyZ';
}

function press(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.repeat || !isUndoKey(event) || isTextField(event.target)) return;
  const newest = undos.at(-1);
  if (newest === undefined) return;
  event.preventDefault();
  newest.run();
}
