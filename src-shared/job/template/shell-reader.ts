/**
 * Follows the quoting of a line for a POSIX shell (POSIX.1-2024, Shell Command Language, 2.2, 2.3 and 2.6) far enough to
 * know how a value has to be quoted where it stands. Shells differ in the corners, and /bin/sh is dash, bash, busybox or
 * another: where they may disagree about what follows, everything that follows counts as unknown.
 */
import { ShellWords } from './shell-words.ts';

export type ShellQuoting = 'bare' | 'single' | 'double';

/** What no value may stand inside of, and where it ends. Shells agree on that as long as it holds no `trouble`. */
const CLOSED = {
  comment: { inside: 'inside a comment', end: '\n', trouble: null },
  backtick: { inside: 'inside backticks', end: '`', trouble: /[\\'"#(]/u },
  brace: { inside: 'inside a parameter expansion', end: '}', trouble: /[\\'"`{([|\s]/u },
  ansi: { inside: "inside $'...'", end: "'", trouble: /\\/u },
} as const;

type Context =
  /** Words and operators: the line itself, or what `$(` opened. `depth`: of the groups that are open in it. */
  | { kind: 'code'; words: ShellWords; depth: number }
  | { kind: 'arithmetic'; depth: number }
  | { kind: 'single' | 'double' | keyof typeof CLOSED };
type Code = Extract<Context, { kind: 'code' }>;
type Arithmetic = Extract<Context, { kind: 'arithmetic' }>;

export class ShellReader {
  readonly #contexts: Context[] = [{ kind: 'code', words: new ShellWords(), depth: 0 }];
  /** After what the rest of the line is unknown. */
  #lost: string | null = null;
  #escaped = false;
  /** Right after a `$` that may begin an expansion, or the first half of what may become a longer operator. */
  #after: '$' | '$$' | '(' | '<' | '>' | '&' | null = null;

  /** Takes the next literal piece of the line. */
  read(text: string): void {
    for (const char of text) {
      if (this.#lost !== null) return;
      this.#take(char);
    }
  }

  /** How a value has to be quoted that stands here, or in words why there is no way. */
  place(): ShellQuoting | { refused: string } {
    const refused = this.#refusal();
    if (refused !== null) return { refused };
    const context = this.#context;
    this.#after = null;
    if (context.kind !== 'code') return context.kind as 'single' | 'double';
    context.words.addQuoted();
    return 'bare';
  }

  get #context(): Context {
    return this.#contexts.at(-1) as Context;
  }

  /** Of the code that a quoted text stands in. */
  get #words(): ShellWords {
    return (this.#contexts.findLast(({ kind }) => kind === 'code') as Code).words;
  }

  #refusal(): string | null {
    if (this.#lost !== null) return `after ${this.#lost}, where its quoting can't be told`;
    const { kind } = this.#context;
    if (kind === 'arithmetic') return 'inside arithmetic';
    if (kind !== 'code' && kind !== 'single' && kind !== 'double') return CLOSED[kind].inside;
    if (this.#escaped) return 'right after a backslash';
    if (this.#after === '$' || this.#after === '$$') return 'right after a dollar sign';
    for (const context of this.#contexts) {
      const reason = context.kind === 'code' ? context.words.refusal : null;
      if (reason !== null) return reason;
    }
    return null;
  }

  #take(char: string): void {
    const context = this.#context;
    switch (context.kind) {
      case 'code':
        this.#takeCode(char, context);
        break;
      case 'double':
        if (this.#takeCommon(char)) break;
        if (char === '"') this.#contexts.pop();
        else this.#words.add(char);
        break;
      case 'single':
        if (char === "'") this.#contexts.pop();
        else this.#words.add(char);
        break;
      case 'arithmetic':
        this.#takeArithmetic(char, context);
        break;
      default:
        this.#takeClosed(char, context.kind);
    }
  }

  #takeClosed(char: string, kind: keyof typeof CLOSED): void {
    const { inside, end, trouble } = CLOSED[kind];
    if (trouble?.test(char)) this.#lost = `${JSON.stringify(char)} ${inside}`;
    if (char !== end) return;
    this.#contexts.pop();
    // The line break that ends a comment also ends a command.
    if (kind === 'comment') this.#take(char);
  }

  #takeArithmetic(char: string, arithmetic: Arithmetic): void {
    const after = this.#after;
    this.#after = char === '$' ? '$' : null;
    if (/[\\'"`{#;\n]/u.test(char) || (char === '(' && after === '$')) {
      this.#lost = `${JSON.stringify(char)} inside arithmetic`;
    }
    if (char === '(') arithmetic.depth++;
    if (char === ')' && --arithmetic.depth === 0) this.#contexts.pop();
  }

  #takeCode(char: string, code: Code): void {
    const { words } = code;
    const after = this.#after;
    if (this.#escaped && char === '\n') {
      // Taken out before anything else is looked at; in the middle of an operator not by every shell.
      this.#escaped = false;
      if (this.#after !== null) this.#lost = 'a line break in the middle of an operator';
      return;
    }
    const isEscaped = this.#escaped;
    if (this.#takeCommon(char)) {
      if (isEscaped) words.addQuoted(char);
      else if (char !== '\\') words.addQuoted();
      return;
    }
    switch (char) {
      case "'":
        words.addQuoted();
        this.#contexts.push({ kind: after === '$' ? 'ansi' : 'single' });
        return;
      case '"':
        words.addQuoted();
        this.#contexts.push({ kind: 'double' });
        return;
      case '#':
        if (!words.isBetween) words.add(char);
        else if (this.#contexts.length > 1) this.#lost = 'a comment inside $(...)';
        else this.#contexts.push({ kind: 'comment' });
        return;
      case '<':
        this.#endWord(words);
        this.#after = '<';
        if (after === '<') this.#lost = 'the "<<" of a here-document';
        return;
      case '>':
      case '&':
        this.#endWord(words);
        this.#after = char;
        // One "&" may belong to a redirection in the middle of a command.
        if (char === '&' && after === '&') words.endCommand();
        return;
      case '|':
        this.#endWord(words);
        if (after !== '>') words.endCommand();
        return;
      case '\n':
      case ';':
        this.#endWord(words);
        words.endCommand();
        return;
      case '(':
        this.#endWord(words);
        if (after === '(') {
          this.#openArithmetic(code);
        } else {
          code.depth++;
          this.#after = '(';
        }
        return;
      case ')':
        this.#endWord(words);
        if (code.depth > 0) code.depth--;
        else if (this.#contexts.length > 1) this.#contexts.pop();
        return;
      case ' ':
      case '\t':
        this.#endWord(words);
        return;
      default:
        words.add(char);
    }
  }

  /** What means the same in code and between double quotes. True where it was that. */
  #takeCommon(char: string): boolean {
    const after = this.#after;
    if (this.#escaped) {
      this.#escaped = false;
      this.#after = null;
      return true;
    }
    if (char === '\\') {
      this.#escaped = true;
      return true;
    }
    this.#after = null;
    if (char === '`') {
      this.#contexts.push({ kind: 'backtick' });
      return true;
    }
    if (char === '$') {
      this.#after = after === '$' ? '$$' : '$';
      return true;
    }
    // "$$" is a parameter, but between double quotes bash reads on as if the second one began an expansion.
    if (after === '$$' && /[({[']/u.test(char)) this.#lost = `"$$" before ${JSON.stringify(char)}`;
    if (after !== '$') return false;
    if (char === '{') this.#contexts.push({ kind: 'brace' });
    else if (char === '[') this.#lost = 'the arithmetic of $[...]';
    else if (char === '(') {
      this.#contexts.push({ kind: 'code', words: new ShellWords(), depth: 0 });
      this.#after = '(';
    } else return false;
    return true;
  }

  /** Of "((" or "$((" the first has been taken for what opens a group, or code. */
  #openArithmetic(code: Code): void {
    if (code.depth > 0) code.depth--;
    else this.#contexts.pop();
    this.#contexts.push({ kind: 'arithmetic', depth: 2 });
  }

  #endWord(words: ShellWords): void {
    words.endWord();
    // Its patterns have closing brackets that open nowhere.
    if (words.hadCase && this.#contexts.length > 1) this.#lost = 'a "case" inside $(...)';
  }
}
