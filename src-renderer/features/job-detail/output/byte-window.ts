/**
 * A piece of an output file, in bytes, and where its lines are. Lines are found in the bytes and decoded one by one
 * when they are shown, so no character is ever cut at the edge of a chunk, and a gigabyte costs what is in sight.
 */
export const MAX_WINDOW_BYTES = 4 * 1024 * 1024;
export const MAX_LINES = 150_000;
/** A line longer than this is shown as several, or from its last carriage return on. */
export const MAX_LINE_BYTES = 16 * 1024;

const LF = 10;
const CR = 13;
const ESC = 27;
const MAX_SGR_BYTES = 48;
const MAX_STATE_LENGTH = 256;

export interface OutputLine {
  /** Offsets in the file: from `start` to before `end`, without the line's end. */
  start: number;
  end: number;
  /** The escape sequences that colour its beginning: those that the lines before it left on. */
  state: string;
}

export class ByteWindow {
  #bytes: Uint8Array = new Uint8Array(0);
  #length = 0;
  #base = 0;
  #lines: OutputLine[] = [];

  /** Where in the file the window begins. */
  get base(): number {
    return this.#base;
  }

  /** Where in the file the window ends. */
  get end(): number {
    return this.#base + this.#length;
  }

  get lines(): readonly OutputLine[] {
    return this.#lines;
  }

  /** Begins anew with `bytes` at `offset`; in the middle of a file it begins at the first whole line. */
  reset(offset: number, bytes: Uint8Array): void {
    const skipped = offset === 0 ? 0 : firstLineStart(bytes);
    this.#bytes = bytes.slice(skipped);
    this.#length = this.#bytes.length;
    this.#base = offset + skipped;
    this.#lines = [];
    this.#scan(this.#base, '');
  }

  /** Adds what follows; what is too much goes at the beginning. */
  append(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#makeRoom(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
    const open = this.#lines.pop();
    this.#scan(open?.start ?? this.#base, open?.state ?? '');
    this.#dropStart();
  }

  /** Adds what comes before; what is too much goes at the end. */
  prepend(offset: number, bytes: Uint8Array): void {
    const skipped = offset === 0 ? 0 : firstLineStart(bytes);
    const before = bytes.subarray(skipped);
    const whole = new Uint8Array(before.length + this.#length);
    whole.set(before);
    whole.set(this.#bytes.subarray(0, this.#length), before.length);
    this.#bytes = whole;
    this.#length = whole.length;
    this.#base = offset + skipped;
    this.#lines = [];
    this.#scan(this.#base, '');
    this.#dropEnd();
  }

  /** The text of a line; the last character is left out while it is not whole. */
  text(line: OutputLine): string {
    const from = line.start - this.#base;
    const to =
      line.end === this.end ? wholeEnd(this.#bytes, from, line.end - this.#base) : line.end - this.#base;
    return decoder.decode(this.#bytes.subarray(from, to));
  }

  #makeRoom(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(64 * 1024, this.#length * 2, this.#length + more));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }

  /** Finds the lines from `from` on. The last one is open: more may follow. */
  #scan(from: number, stateBefore: string): void {
    const bytes = this.#bytes;
    let start = from - this.#base;
    let startState = stateBefore;
    let state = stateBefore;
    let lastReturn = -1;
    const close = (end: number) => {
      const trimmed = end > start && bytes[end - 1] === CR ? end - 1 : end;
      this.#lines.push({ start: start + this.#base, end: trimmed + this.#base, state: startState });
      startState = state;
      lastReturn = -1;
    };
    for (let at = start; at < this.#length; at += 1) {
      const byte = bytes[at];
      if (byte === LF) {
        close(at);
        start = at + 1;
      } else if (byte === CR) lastReturn = at;
      else if (byte === ESC) state = stateAfter(bytes, at, this.#length, state);
      if (at - start < MAX_LINE_BYTES) continue;
      if (lastReturn >= start) {
        // What came before was overwritten on a terminal: a progress bar is one line, however long it runs.
        start = lastReturn + 1;
        startState = state;
        lastReturn = -1;
      } else {
        const cut = characterStart(bytes, at);
        close(cut);
        start = cut;
      }
    }
    this.#lines.push({ start: start + this.#base, end: this.end, state: startState });
  }

  #dropStart(): void {
    const excess = this.#length - MAX_WINDOW_BYTES;
    const tooMany = this.#lines.length - MAX_LINES;
    if (excess <= 0 && tooMany <= 0) return;
    // A quarter at a time, so that following does not move four megabytes for each line.
    const wanted = this.#base + (excess > 0 ? excess + MAX_WINDOW_BYTES / 4 : 0);
    const byBytes = this.#lines.findIndex((line) => line.start >= wanted);
    const byCount = tooMany > 0 ? tooMany + MAX_LINES / 4 : 0;
    const index = Math.min(this.#lines.length - 1, Math.max(byBytes, byCount));
    const first = this.#lines[index];
    if (first === undefined || index <= 0) return;
    this.#lines.splice(0, index);
    const cut = first.start - this.#base;
    this.#bytes = this.#bytes.slice(cut, this.#length);
    this.#length -= cut;
    this.#base = first.start;
  }

  #dropEnd(): void {
    const byBytes = this.#lines.findIndex((line) => line.end > this.#base + MAX_WINDOW_BYTES);
    const index = Math.min(byBytes === -1 ? this.#lines.length : Math.max(1, byBytes), MAX_LINES);
    const next = this.#lines[index];
    if (next === undefined) return;
    this.#length = next.start - this.#base;
    this.#lines.length = index;
  }
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Where the first whole line begins, or the first whole character where no line ends. */
function firstLineStart(bytes: Uint8Array): number {
  const end = bytes.indexOf(LF);
  if (end !== -1 && end < bytes.length - 1) return end + 1;
  let at = 0;
  while (at < Math.min(3, bytes.length) && isContinuation(bytes[at])) at += 1;
  return at;
}

function characterStart(bytes: Uint8Array, at: number): number {
  let start = at;
  while (start > at - 3 && isContinuation(bytes[start])) start -= 1;
  return start;
}

/** `end`, or before the character that `end` cuts. */
function wholeEnd(bytes: Uint8Array, from: number, end: number): number {
  for (let back = 1; back <= 3 && end - back >= from; back += 1) {
    const byte = bytes[end - back] ?? 0;
    if (isContinuation(byte)) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return needed > back ? end - back : end;
  }
  return end;
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

/** The colours that are on after the escape sequence at `at`. */
function stateAfter(bytes: Uint8Array, at: number, length: number, state: string): string {
  if (bytes[at + 1] !== 0x5b) return state;
  let parameters = '';
  for (let next = at + 2; next < Math.min(length, at + MAX_SGR_BYTES); next += 1) {
    const byte = bytes[next] ?? 0;
    if (byte === 0x6d) {
      if (parameters === '' || /^0*$/u.test(parameters)) return '';
      const sequence = `\u001b[${parameters}m`;
      const kept = /^0+;/u.test(parameters) ? sequence : state + sequence;
      return kept.length > MAX_STATE_LENGTH ? sequence : kept;
    }
    if (!((byte >= 0x30 && byte <= 0x39) || byte === 0x3b || byte === 0x3a)) return state;
    parameters += String.fromCharCode(byte);
  }
  return state;
}
