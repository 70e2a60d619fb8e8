/** A clock for rounds: time passes by hand, and each round is finished before it goes on. */
import type { Disposer } from '#shared/contract/app-api.ts';

export class RoundsClock {
  nowMs: number;
  #due: { atMs: number; callback: () => void }[] = [];

  constructor(start: string) {
    this.nowMs = Date.parse(start);
  }

  readonly now = () => this.nowMs;

  readonly schedule = (callback: () => void, delayMs: number): Disposer => {
    const entry = { atMs: this.nowMs + delayMs, callback };
    this.#due.push(entry);
    return () => {
      this.#due = this.#due.filter((each) => each !== entry);
    };
  };

  get isWaiting(): boolean {
    return this.#due.length > 0;
  }

  /** Lets time pass; at each point where something is due it stands still until that was done. */
  async pass(ms: number): Promise<void> {
    const untilMs = this.nowMs + ms;
    for (;;) {
      const [next] = this.#due
        .filter(({ atMs }) => atMs <= untilMs)
        .sort((one, other) => one.atMs - other.atMs);
      if (next === undefined) break;
      this.#due = this.#due.filter((each) => each !== next);
      this.nowMs = next.atMs;
      next.callback();
      await this.#settled();
    }
    this.nowMs = untilMs;
  }

  /** A round is over once it has asked for the next one. */
  async #settled(): Promise<void> {
    for (let turn = 0; turn < 2000 && this.#due.length === 0; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
