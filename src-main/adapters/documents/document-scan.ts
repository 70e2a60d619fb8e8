/** Follows one document's brackets and strings to its end. */
import {
  BACKSLASH,
  CARRIAGE_RETURN,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  DOT,
  LOWER_E,
  NEWLINE,
  NINE,
  OPEN_LIST,
  OPEN_OBJECT,
  type Position,
  QUOTE,
  SPACE,
  TAB,
  UPPER_E,
  ZERO,
} from './json-bytes.ts';

/** Deeper than this is no document of ours, and recursion over it would not be safe. */
export const MAX_DEPTH = 100;

/** What is seen of a document without parsing it. */
export interface Seen {
  /** How many `:` stand outside of its strings: as many as it has properties, doubled names included. */
  colons: number;
  /** Whether a number in it may be written with an exponent or a fraction that begins with zero. */
  mayHoldOddNumbers: boolean;
}

export const NOTHING_SEEN: Seen = { colons: 0, mayHoldOddNumbers: false };

export class DocumentScan implements Seen {
  readonly start: Position;
  colons = 0;
  mayHoldOddNumbers = false;
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
    const last = end - base;
    let at = here.offset - base;
    // Of one byte after the other: fields would take twice the time.
    let previous = this.#previous;
    let outcome: 'more' | 'ended' | 'broken' = 'more';
    while (outcome === 'more' && at < last) {
      if (this.#inString) {
        at = this.#passText(bytes, at, last);
        continue;
      }
      const byte = bytes[at] as number;
      switch (byte) {
        case NEWLINE:
          at++;
          here.line++;
          here.lineStart = base + at;
          this.#lineIsFresh = true;
          continue;
        case SPACE:
        case TAB:
        case CARRIAGE_RETURN:
          at++;
          continue;
        case QUOTE: {
          const end = endOfPlainText(bytes, at + 1, last);
          if (end === -1) this.#inString = true;
          else at = end;
          break;
        }
        case COLON:
          this.colons++;
          break;
        case OPEN_OBJECT:
          if (this.#lineIsFresh && base + at - here.lineStart <= this.#indent) {
            this.resume ??= { ...here, offset: base + at };
            if (this.#broken || !this.#mayOpen(previous)) {
              outcome = 'broken';
              continue;
            }
          }
          this.#push(CLOSE_OBJECT);
          break;
        case OPEN_LIST:
          this.#push(CLOSE_LIST);
          break;
        case CLOSE_OBJECT:
        case CLOSE_LIST:
          this.#pop(byte);
          if (this.#open.length === 0) outcome = 'ended';
          break;
        case COMMA:
          break;
        default:
          if (this.#isTorn) {
            // No JSON goes on like this after a line break inside of its text: it is that text that goes on.
            this.#inString = true;
            this.#isTorn = false;
            continue;
          }
          if (isOddAfter(previous, byte)) this.mayHoldOddNumbers = true;
      }
      this.#isTorn = false;
      this.#lineIsFresh = false;
      previous = byte;
      at++;
    }
    here.offset = base + at;
    this.#previous = previous;
    return outcome;
  }

  /** To the end of a string that holds more than plain text, or of what there is of it. */
  #passText(bytes: Uint8Array, from: number, last: number): number {
    let at = from;
    let isEscaped = this.#isEscaped;
    let byte = 0;
    for (; at < last; at++) {
      byte = bytes[at] as number;
      if (byte === NEWLINE || (byte === QUOTE && !isEscaped)) break;
      isEscaped = byte === BACKSLASH && !isEscaped;
    }
    this.#isEscaped = at === last && isEscaped;
    if (at === last) return at;
    this.#inString = false;
    if (byte === QUOTE) return at + 1;
    // No string may hold a line break: a quote is missing, or the text goes on where it must not.
    this.#broken = true;
    this.#isTorn = true;
    return at;
  }

  /** Whether JSON allows an object to begin after what was last seen. */
  #mayOpen(previous: number): boolean {
    const inList = this.#open.at(-1) === CLOSE_LIST;
    return previous === COLON || previous === OPEN_LIST || (previous === COMMA && inList);
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

/** Where the quote is that ends a string of plain text; -1 where it is not here yet, or something else comes before it. */
function endOfPlainText(bytes: Uint8Array, from: number, last: number): number {
  for (let at = from; at < last; at++) {
    const byte = bytes[at] as number;
    if (byte === QUOTE) return at;
    if (byte === BACKSLASH || byte === NEWLINE) return -1;
  }
  return -1;
}

/** Whether a byte of a number says that it is written with an exponent or a fraction that begins with zero. */
function isOddAfter(previous: number, byte: number): boolean {
  if (byte === ZERO) return previous === DOT;
  return (byte === LOWER_E || byte === UPPER_E) && previous >= ZERO && previous <= NINE;
}
