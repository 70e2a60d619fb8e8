import { ensureSyntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';

export interface TextRange {
  from: number;
  to: number;
}

type SyntaxNode = NonNullable<ReturnType<typeof ensureSyntaxTree>>['topNode'];

/**
 * Where in a JSON text a JSON Pointer (RFC 6901) leads: the key of a property, an element of an array. What is not
 * there is where it would be: the nearest thing around it. `''` is the first bracket.
 */
export function pointerRange(state: EditorState, pointer: string): TextRange {
  const root = ensureSyntaxTree(state, state.doc.length, 200)?.topNode.firstChild ?? null;
  if (root === null) return { from: 0, to: Math.min(1, state.doc.length) };
  let node: SyntaxNode = root;
  let range: TextRange = { from: root.from, to: Math.min(root.to, root.from + 1) };
  for (const part of pointer.split('/').slice(1)) {
    const step = part.replaceAll('~1', '/').replaceAll('~0', '~');
    const found = node.name === 'Object' ? property(state, node, step) : element(node, step);
    if (found === null) return range;
    node = found.value;
    range = found.range;
  }
  return range;
}

function property(
  state: EditorState,
  object: SyntaxNode,
  name: string,
): { value: SyntaxNode; range: TextRange } | null {
  for (const each of object.getChildren('Property')) {
    const key = each.getChild('PropertyName');
    const value = each.lastChild;
    if (key === null || value === null) continue;
    if (nameOf(state.sliceDoc(key.from, key.to)) !== name) continue;
    const isLeaf = value.name !== 'Object' && value.name !== 'Array' && value !== key;
    return { value, range: isLeaf ? { from: key.from, to: value.to } : { from: key.from, to: key.to } };
  }
  return null;
}

function nameOf(quoted: string): string | null {
  try {
    return String(JSON.parse(quoted));
  } catch {
    // A key that is still being typed names nothing.
    return null;
  }
}

function element(array: SyntaxNode, index: string): { value: SyntaxNode; range: TextRange } | null {
  let at = 0;
  for (let child = array.firstChild; child !== null; child = child.nextSibling) {
    if ('[],'.includes(child.name) || child.name === '⚠') continue;
    if (at === Number(index)) return { value: child, range: { from: child.from, to: child.to } };
    at += 1;
  }
  return null;
}
