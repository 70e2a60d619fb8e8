/** How long a toast is left to itself after it was looked at, at the least. */
const LEAST_AFTER_MS = 3_000;

/** The time of one toast. It passes once the toast is in sight, and not while somebody is at it. */
export class ToastClock {
  readonly #onEnd: () => void;
  readonly #holders = new Set<object>();
  #leftMs: number;
  /** When it was last let run; null while it stands still. */
  #sinceMs: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isOver = false;

  constructor(lastsMs: number, onEnd: () => void) {
    this.#leftMs = lastsMs;
    this.#onEnd = onEnd;
  }

  /** Lets it run, where nobody holds it. */
  start(): void {
    if (this.#isOver || this.#sinceMs !== null || this.#holders.size > 0) return;
    this.#sinceMs = Date.now();
    this.#timer = setTimeout(() => {
      this.stop();
      this.#onEnd();
    }, this.#leftMs);
  }

  /** Stops it until `release` was called for each that holds it. */
  hold(holder: object): void {
    this.#holders.add(holder);
    if (this.#sinceMs === null) return;
    clearTimeout(this.#timer);
    this.#leftMs = Math.max(LEAST_AFTER_MS, this.#leftMs - (Date.now() - this.#sinceMs));
    this.#sinceMs = null;
  }

  release(holder: object): void {
    if (this.#holders.delete(holder)) this.start();
  }

  /** Ends it, without a word. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#isOver = true;
  }
}
