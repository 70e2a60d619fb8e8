/** A piece of a stream of bytes: what has come, and is not let go yet. Places in it are offsets from the stream's start. */

const FIRST_BYTES = 64 * 1024;

export class ByteWindow {
  /** Of the first byte that is here, and of the one after the last. */
  start = 0;
  end = 0;
  #buffer = new Uint8Array(FIRST_BYTES);

  /** What `scan` of a document reads: its first byte is the one at `start`. */
  get bytes(): Uint8Array {
    return this.#buffer;
  }

  append(chunk: Uint8Array): void {
    const length = this.end - this.start;
    if (length + chunk.length > this.#buffer.length) {
      const larger = new Uint8Array(Math.max(this.#buffer.length * 2, length + chunk.length));
      larger.set(this.#buffer.subarray(0, length));
      this.#buffer = larger;
    }
    this.#buffer.set(chunk, length);
    this.end += chunk.length;
  }

  /** Lets go what is before. */
  forgetBefore(offset: number): void {
    this.#buffer.copyWithin(0, offset - this.start, this.end - this.start);
    this.start = offset;
  }

  /** The byte at an offset that is here. */
  at(offset: number): number {
    return this.#buffer[offset - this.start] as number;
  }

  /** A copy, from the pool of small buffers: most documents are small, and one buffer for each would take twice the time. */
  slice(from: number, to: number): Uint8Array {
    return Buffer.from(this.#buffer.subarray(from - this.start, to - this.start));
  }
}
