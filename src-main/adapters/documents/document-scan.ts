/** Follows one document's brackets and strings to its end. */
import {
  BACKSLASH,
  CARRIAGE_RETURN,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  NEWLINE,
  OPEN_LIST,
  OPEN_OBJECT,
  type Position,
  QUOTE,
  SPACE,
  TAB,
} from './json-bytes.ts';

/** Deeper than this is no document of ours, and recursion over it would not be safe. */
export const MAX_DEPTH = 100;

export class DocumentScan {
  readonly start: Position;
  /** How many `:` stand outside of its strings: as many as it has properties, doubled names included. */
  colons = 0;
  /** Deeper than `MAX_DEPTH`. */
  tooDeep = false;
  /** The first later line that begins like a document: where to go on if this one turns out broken. */
  resume: Position | null = null;

  readonly #indent: number;
  #here: Position;
  /** The bytes that close what is open, outermost first. */
  readonly #open: number[] = [];
  /** How many more are open beyond `MAX_DEPTH`. */
  #beyond = 0;
  #inString = false;
  /** The last byte that was seen of a string is a backslash that stands for itself and the next. */
  #isEscaped = false;
  /** A line break stood inside of a string, and only white space since. */
  #isTorn = false;
  #broken = false;
  #lineIsFresh = false;
  #previous = 0;

  constructor(start: Position) {
    this.start = start;
    this.#here = { ...start };
    this.#indent = start.offset - start.lineStart;
  }

  /** Up to where it has looked. */
  get position(): Position {
    return { ...this.#here };
  }

  /**
   * Goes on until `end`.
   * @param base the offset of the first of `bytes`
   * @returns `ended` with `position` right after the document; `broken` where a line begins another document, which
   * is `resume`, before this one has closed
   */
  scan(bytes: Uint8Array, base: number, end: number): 'more' | 'ended' | 'broken' {
    const here = this.#here;
    while (here.offset < end) {
      if (this.#inString) {
        this.#passText(bytes, base, end);
        continue;
      }
      const byte = bytes[here.offset - base] as number;
      switch (byte) {
        case NEWLINE:
          this.#newLine();
          here.offset++;
          continue;
        case SPACE:
        case TAB:
        case CARRIAGE_RETURN:
          here.offset++;
          continue;
        case QUOTE:
          this.#inString = true;
          break;
        case COLON:
          this.colons++;
          break;
        case OPEN_OBJECT:
          if (this.#lineIsFresh && this.#beginsLikeDocument()) {
            this.resume ??= { ...here };
            if (this.#broken || !this.#mayOpen()) return 'broken';
          }
          this.#push(CLOSE_OBJECT);
          break;
        case OPEN_LIST:
          this.#push(CLOSE_LIST);
          break;
        case CLOSE_OBJECT:
        case CLOSE_LIST:
          this.#pop(byte);
          if (this.#open.length === 0) {
            here.offset++;
            return 'ended';
          }
          break;
        case COMMA:
          break;
        default:
          if (!this.#isTorn) break;
          // No JSON goes on like this after a line break inside of its text: it is that text that goes on.
          this.#inString = true;
          this.#isTorn = false;
          continue;
      }
      this.#isTorn = false;
      this.#lineIsFresh = false;
      this.#previous = byte;
      here.offset++;
    }
    return 'more';
  }

  /** To the end of a string, or of what there is of it. Most of a document is passed here. */
  #passText(bytes: Uint8Array, base: number, end: number): void {
    const last = end - base;
    let at = this.#here.offset - base;
    let isEscaped = this.#isEscaped;
    let byte = 0;
    for (; at < last; at++) {
      byte = bytes[at] as number;
      if (byte === NEWLINE || (byte === QUOTE && !isEscaped)) break;
      isEscaped = byte === BACKSLASH && !isEscaped;
    }
    this.#here.offset = base + at;
    this.#isEscaped = at === last && isEscaped;
    if (at === last) return;
    this.#inString = false;
    if (byte === QUOTE) {
      this.#here.offset++;
    } else {
      // No string may hold a line break: a quote is missing, or the text goes on where it must not.
      this.#broken = true;
      this.#isTorn = true;
    }
  }

  #newLine(): void {
    this.#here.line++;
    this.#here.lineStart = this.#here.offset + 1;
    this.#lineIsFresh = true;
  }

  #beginsLikeDocument(): boolean {
    return this.#here.offset - this.#here.lineStart <= this.#indent;
  }

  /** Whether JSON allows an object to begin after what was last seen. */
  #mayOpen(): boolean {
    const inList = this.#open.at(-1) === CLOSE_LIST;
    return this.#previous === COLON || this.#previous === OPEN_LIST || (this.#previous === COMMA && inList);
  }

  #push(closing: number): void {
    if (this.#open.length < MAX_DEPTH) {
      this.#open.push(closing);
    } else {
      this.tooDeep = true;
      this.#beyond++;
    }
  }

  #pop(closing: number): void {
    if (this.#beyond > 0) this.#beyond--;
    else if (this.#open.at(-1) === closing) this.#open.pop();
    else this.#broken = true;
  }
}
