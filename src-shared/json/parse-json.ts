/**
 * `JSON.parse`, but right about names.
 *
 * V8 guesses that an object has the names of those it read before. It compares the guess with the name as it is
 * written, escapes and all, over as many characters as the name has once its escapes are resolved. So it takes a name
 * for another one: after `{"h":1,"ab\\":1}` was read, the name of `{"h":1,"ab\n":2}` has three characters, is written
 * with `ab\` as its first three, and is read as `ab\` (https://github.com/nodejs/node/issues/63785; V8 13.6 and 14.6).
 *
 * A name that is read wrongly is the guess, and a guess that agrees with a written escape has a backslash in it: where
 * no name that was read has one, all are right. Where one has, the text is read once more, by this.
 * @throws SyntaxError as `JSON.parse`
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  return text.includes('\\') && hasBackslashInName(value) ? readExactly(text) : value;
}

/** Any depth: text from elsewhere may have more levels than a call stack. */
function hasBackslashInName(value: unknown): boolean {
  const left = [value];
  for (let each = left.pop(); each !== undefined; each = left.pop()) {
    if (typeof each !== 'object' || each === null) continue;
    if (Array.isArray(each)) {
      for (const item of each) if (typeof item === 'object') left.push(item);
      continue;
    }
    for (const name of Object.keys(each)) {
      if (name.includes('\\')) return true;
      const inner = (each as Record<string, unknown>)[name];
      if (typeof inner === 'object') left.push(inner);
    }
  }
  return false;
}

/** @param text is JSON; of its strings each is read for itself */
function readExactly(text: string): unknown {
  const open: (unknown[] | Record<string, unknown>)[] = [];
  let whole: unknown;
  /** That of the value that comes next. */
  let name: string | null = null;

  function put(value: unknown): void {
    const inside = open.at(-1);
    if (inside === undefined) whole = value;
    else if (Array.isArray(inside)) inside.push(value);
    else if (name !== null) setOwn(inside, name, value);
    name = null;
  }

  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string;
    if (char === '{' || char === '[') {
      const value = char === '{' ? {} : [];
      put(value);
      open.push(value);
    } else if (char === '}' || char === ']') {
      open.pop();
    } else if (!BETWEEN.includes(char)) {
      const end = char === '"' ? endOfString(text, at) : endOfWord(text, at);
      const value: unknown = JSON.parse(text.slice(at, end));
      const isName = name === null && open.length > 0 && !Array.isArray(open.at(-1));
      if (isName) name = String(value);
      else put(value);
      at = end - 1;
    }
  }
  return whole;
}

const BETWEEN = ' \t\r\n,:';

/** Assigning to `__proto__` would set the prototype. */
function setOwn(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== '__proto__') object[name] = value;
  else Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
}

/** The index after a string's closing quote. */
export function endOfString(text: string, start: number): number {
  let end = start;
  do end = text.indexOf('"', end + 1);
  while (backslashesBefore(text, end) % 2 === 1);
  return end + 1;
}

function backslashesBefore(text: string, at: number): number {
  let count = 0;
  while (text[at - 1 - count] === '\\') count++;
  return count;
}

/** The index after a number, or after `true`, `false` or `null`. */
function endOfWord(text: string, start: number): number {
  let end = start + 1;
  while (end < text.length && /[\w.+-]/u.test(text[end] as string)) end++;
  return end;
}
