/** Reads an output file piece by piece: its end while one follows, elsewhere as one scrolls. */
import type { OutputChunk } from '#shared/contract/output.ts';
import { ByteWindow, MAX_WINDOW_BYTES } from './byte-window.ts';

const CHUNK = 256 * 1024;
/** Further behind than this, following jumps to the end: a fast program prints more than anyone can read. */
const MAX_BEHIND = 1024 * 1024;
const FIRST = 512 * 1024;

export type ReadOutput = (offset: number, maxBytes: number) => Promise<OutputChunk>;

export interface OutputSnapshot {
  /** Rises with each change; the window is the same object. */
  version: number;
  window: ByteWindow;
  sizeBytes: number;
  isRead: boolean;
  isFollowing: boolean;
  error: string | null;
}

export class OutputReader {
  readonly #read: ReadOutput;
  readonly #listeners = new Set<() => void>();
  #snapshot: OutputSnapshot = {
    version: 0,
    window: new ByteWindow(),
    sizeBytes: 0,
    isRead: false,
    isFollowing: true,
    error: null,
  };
  #isBusy = false;

  constructor(read: ReadOutput) {
    this.#read = read;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  getSnapshot = (): OutputSnapshot => this.#snapshot;

  /** Takes in what was written since the last look. */
  poll(): Promise<void> {
    return this.#alone(async () => {
      const { window, isRead, isFollowing, sizeBytes } = this.#snapshot;
      if (!isRead) return await this.#readEnd();
      const isAtEnd = window.end >= sizeBytes;
      const hasRoom = window.end - window.base < MAX_WINDOW_BYTES / 2;
      if (!isFollowing && !(isAtEnd && hasRoom)) {
        return this.#change({ sizeBytes: (await this.#read(0, 0)).sizeBytes });
      }
      const chunk = await this.#read(window.end, CHUNK);
      const isShorter = chunk.sizeBytes < window.end;
      if (isShorter || (isFollowing && chunk.sizeBytes - window.end > MAX_BEHIND))
        return await this.#readEnd();
      if (chunk.bytes.length === 0 && chunk.sizeBytes === sizeBytes) return this.#change({});
      window.append(chunk.bytes);
      this.#change({ sizeBytes: chunk.sizeBytes });
    });
  }

  /** Reads the piece before the window, if there is one. */
  loadEarlier(): Promise<void> {
    return this.#alone(async () => {
      const { window } = this.#snapshot;
      if (window.base === 0) return;
      const from = Math.max(0, window.base - CHUNK);
      const chunk = await this.#read(from, window.base - from);
      window.prepend(chunk.offset, chunk.bytes);
      this.#change({ sizeBytes: chunk.sizeBytes });
    });
  }

  /** Reads the piece after the window, if there is one. */
  loadLater(): Promise<void> {
    return this.#alone(async () => {
      const { window, sizeBytes } = this.#snapshot;
      if (window.end >= sizeBytes) return;
      const chunk = await this.#read(window.end, CHUNK);
      window.append(chunk.bytes);
      this.#change({ sizeBytes: chunk.sizeBytes });
    });
  }

  /** Shows the file's start, and follows no more. */
  goToStart(): Promise<void> {
    this.setFollowing(false);
    return this.#alone(async () => {
      const { window } = this.#snapshot;
      if (window.base === 0) return;
      const chunk = await this.#read(0, FIRST);
      window.reset(0, chunk.bytes);
      this.#change({ sizeBytes: chunk.sizeBytes });
    });
  }

  /** Shows the file's end, and follows it. */
  goToEnd(): Promise<void> {
    this.setFollowing(true);
    return this.#alone(async () => {
      const { window, sizeBytes } = this.#snapshot;
      if (window.end < sizeBytes) await this.#readEnd();
    });
  }

  setFollowing(isFollowing: boolean): void {
    if (isFollowing !== this.#snapshot.isFollowing) this.#change({ isFollowing });
  }

  async #readEnd(): Promise<void> {
    const chunk = await this.#read(-FIRST, FIRST);
    this.#snapshot.window.reset(chunk.offset, chunk.bytes);
    this.#change({ sizeBytes: chunk.sizeBytes, isRead: true });
  }

  /** One read at a time: a second one in the meantime has nothing to add that the next look would not. */
  async #alone(action: () => Promise<void>): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      await action();
      if (this.#snapshot.error !== null) this.#change({ error: null });
    } catch (error) {
      this.#change({ error: error instanceof Error ? error.message : String(error), isRead: true });
    } finally {
      this.#isBusy = false;
    }
  }

  #change(change: Partial<OutputSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change, version: this.#snapshot.version + 1 };
    for (const listener of this.#listeners) listener();
  }
}
