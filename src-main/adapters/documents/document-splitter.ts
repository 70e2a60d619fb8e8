/**
 * Cuts a stream of bytes into documents: one document, a list of them, one a line, or any sequence of these. Only
 * brackets, strings and line breaks are looked at; whether a piece is JSON is for `parse-document.ts` to say.
 *
 * A document that never closes must not swallow the ones after it: a line that begins like another document, where
 * JSON allows none, ends it, and cutting goes on from there.
 */
import { ByteWindow } from './byte-window.ts';
import { DocumentScan, MAX_DEPTH, NOTHING_SEEN, type Seen } from './document-scan.ts';
import {
  CARRIAGE_RETURN,
  CLOSE_LIST,
  COMMA,
  HASH,
  NEWLINE,
  OPEN_LIST,
  OPEN_OBJECT,
  type Position,
  QUOTE,
  SLASH,
  SPACE,
  TAB,
} from './json-bytes.ts';

/** One document's bytes, and where they were found. */
export interface RawDocument extends Seen {
  /** Its place among the documents of the file, from 0; what is no document but stands like one counts. */
  index: number;
  start: Position;
  bytes: Uint8Array;
  /** A sentence where it can't be right whatever its bytes say. */
  trouble: string | null;
}

export const MAX_DOCUMENT_BYTES = 64 * 1024 * 1024;
/** What is no document is quoted up to here; the rest of its line is skipped. */
const MAX_STRAY_BYTES = 4096;

export class DocumentSplitter {
  readonly #window = new ByteWindow();
  #here: Position = { offset: 0, line: 1, lineStart: 0 };
  #scan: DocumentScan | null = null;
  /** The document that is being scanned has outgrown the limit: its bytes are not kept. */
  #tooLarge = false;
  #skipsLine = false;
  #inList = false;
  #needsComma = false;
  #afterComma = false;
  #sawAnything = false;
  #index = 0;
  #found: RawDocument[] = [];

  /** The line it has got to, from 1. */
  get line(): number {
    return (this.#scan?.position ?? this.#here).line;
  }

  /** Takes more bytes and gives the documents that they complete. */
  push(chunk: Uint8Array): RawDocument[] {
    this.#window.append(chunk);
    if (this.#window.end >= 3) this.#work(false);
    this.#window.forgetBefore(this.#neededFrom());
    return this.#take();
  }

  /** Gives what is left when there are no more bytes. */
  end(): RawDocument[] {
    this.#work(true);
    while (this.#scan !== null) {
      const broken = this.#scan;
      if (broken.resume === null) {
        this.#finish(broken, { ...broken.position, offset: this.#window.end });
        this.#inList = false;
      } else {
        this.#breakOff(broken, broken.resume);
      }
      this.#work(true);
    }
    if (this.#inList)
      this.#tell('Expected "]" after the last document of the list, got the end of the file.');
    if (!this.#sawAnything) {
      this.#tell('Expected a document, a list of documents or one document a line, got an empty file.');
    }
    return this.#take();
  }

  #work(atEnd: boolean): void {
    if (this.#here.offset === 0) this.#passByteOrderMark();
    while (this.#here.offset < this.#window.end) {
      if (this.#scan !== null) {
        if (!this.#follow(this.#scan)) return;
      } else if (this.#skipsLine) {
        this.#skipsLine = this.#byte() !== NEWLINE;
        this.#step();
      } else if (!this.#between(atEnd)) {
        return;
      }
    }
  }

  #follow(scan: DocumentScan): boolean {
    const outcome = scan.scan(this.#window.bytes, this.#window.start, this.#window.end);
    if (outcome === 'ended') this.#finish(scan, scan.position);
    else if (outcome === 'broken' && scan.resume !== null) this.#breakOff(scan, scan.resume);
    else if (scan.position.offset - scan.start.offset > MAX_DOCUMENT_BYTES) {
      this.#tooLarge = true;
      // The bytes are let go, so there is nothing to go back to.
      scan.resume = null;
    }
    return outcome !== 'more';
  }

  /** One step outside of documents; false where it takes more bytes to know what stands here. */
  #between(atEnd: boolean): boolean {
    const byte = this.#byte();
    switch (byte) {
      case NEWLINE:
      case SPACE:
      case TAB:
      case CARRIAGE_RETURN:
        this.#step();
        return true;
      case OPEN_OBJECT:
        this.#begin();
        return true;
      case OPEN_LIST:
        if (this.#inList) {
          this.#begin();
        } else {
          this.#inList = true;
          this.#needsComma = false;
          this.#afterComma = false;
          this.#sawAnything = true;
          this.#step();
        }
        return true;
      case CLOSE_LIST:
        if (!this.#inList) return this.#stray(atEnd);
        if (this.#afterComma)
          this.#tell('Expected a document after the comma, got "]": JSON has no trailing comma.');
        this.#inList = false;
        this.#step();
        return true;
      case COMMA:
        if (!this.#inList || !this.#needsComma) return this.#stray(atEnd);
        this.#needsComma = false;
        this.#afterComma = true;
        this.#step();
        return true;
      default:
        return this.#stray(atEnd);
    }
  }

  #begin(): void {
    this.#scan = new DocumentScan({ ...this.#here });
    this.#tooLarge = false;
  }

  #finish(scan: DocumentScan, end: Position): void {
    let trouble: string | null = null;
    if (this.#inList && this.#needsComma) trouble = 'Expected a comma before this document, got none.';
    if (scan.tooDeep) trouble = `Expected at most ${MAX_DEPTH} levels of lists and objects, got more.`;
    const isTooLarge = this.#tooLarge || end.offset - scan.start.offset > MAX_DOCUMENT_BYTES;
    if (isTooLarge)
      trouble = `Expected at most ${MAX_DOCUMENT_BYTES / 1024 / 1024} MiB in one document, got more.`;
    const bytes = isTooLarge ? new Uint8Array() : this.#window.slice(scan.start.offset, end.offset);
    const { start, colons, mayHoldOddNumbers } = scan;
    this.#emit({ start, bytes, colons, mayHoldOddNumbers, trouble });
    this.#here = { ...end };
    this.#scan = null;
    this.#tooLarge = false;
  }

  /** Ends a broken document where another begins. Whether a comma came before it is past knowing. */
  #breakOff(scan: DocumentScan, at: Position): void {
    this.#finish(scan, at);
    this.#needsComma = false;
  }

  /** What is neither a document nor JSON's own punctuation: up to where one of these may begin. */
  #stray(atEnd: boolean): boolean {
    const start = this.#here.offset;
    const limit = Math.min(this.#window.end, start + MAX_STRAY_BYTES);
    const isCut = limit === this.#window.end && limit < start + MAX_STRAY_BYTES && !atEnd;
    if (this.#byte() === SLASH || this.#byte() === HASH) return this.#comment(limit, isCut);
    let inString = false;
    let at = start;
    for (; at < limit; at++) {
      const byte = this.#window.at(at);
      if (byte === NEWLINE) break;
      if (byte === QUOTE) inString = !inString;
      if (inString || at === start) continue;
      if (byte === OPEN_OBJECT || byte === OPEN_LIST) break;
      if (this.#inList && (byte === COMMA || byte === CLOSE_LIST)) break;
    }
    if (at === limit && isCut) return false;
    this.#passStray(at);
    this.#skipsLine = at === start + MAX_STRAY_BYTES;
    return true;
  }

  /** To the end of its line, or to where it is closed; one that is not closed soon is taken line by line. */
  #comment(limit: number, isCut: boolean): boolean {
    const start = this.#here.offset;
    const text = Buffer.from(this.#window.slice(start, limit)).toString('latin1');
    const isBlock = text.startsWith('/*');
    const close = isBlock ? text.indexOf('*/', 2) : -1;
    const lineEnd = text.indexOf('\n');
    if (isCut && close < 0 && (isBlock || lineEnd < 0)) return false;
    const length = close >= 0 ? close + 2 : lineEnd >= 0 ? lineEnd : text.length;
    // What stood before a comment still has to be followed by a comma, or not.
    const [needsComma, afterComma] = [this.#needsComma, this.#afterComma];
    this.#passStray(start + length);
    this.#skipsLine = length === MAX_STRAY_BYTES;
    [this.#needsComma, this.#afterComma] = [needsComma, afterComma];
    return true;
  }

  #passStray(end: number): void {
    const bytes = this.#window.slice(this.#here.offset, end);
    this.#emit({ start: { ...this.#here }, bytes, ...NOTHING_SEEN, trouble: null });
    while (this.#here.offset < end) this.#step();
  }

  /** Something is wrong here that is no document: it takes the place of one. */
  #tell(trouble: string): void {
    this.#emit({ start: { ...this.#here }, bytes: new Uint8Array(), ...NOTHING_SEEN, trouble });
  }

  #emit(raw: Omit<RawDocument, 'index'>): void {
    this.#found.push({ index: this.#index++, ...raw });
    this.#sawAnything = true;
    this.#needsComma = true;
    this.#afterComma = false;
  }

  #passByteOrderMark(): void {
    const [first, second, third] = this.#window.slice(0, 3);
    if (this.#window.end >= 3 && first === 0xef && second === 0xbb && third === 0xbf) {
      this.#here = { offset: 3, line: 1, lineStart: 3 };
    }
  }

  #byte(): number {
    return this.#window.at(this.#here.offset);
  }

  #step(): void {
    if (this.#byte() === NEWLINE) {
      this.#here.line++;
      this.#here.lineStart = this.#here.offset + 1;
    }
    this.#here.offset++;
  }

  #neededFrom(): number {
    if (this.#scan === null) return this.#here.offset;
    return this.#tooLarge ? this.#scan.position.offset : this.#scan.start.offset;
  }

  #take(): RawDocument[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }
}
