/** Where an export goes. */

/** A file that lies beside the records in a folder or an archive. */
export interface BundledFile {
  /** `/` between the steps, and none before the first; safe as a name on every system. */
  name: string;
  modifiedAt: Date;
  /** It is no larger than this; infinite where nobody knows. */
  maxBytes: number;
  bytes: () => AsyncIterable<Uint8Array>;
}

export interface ExportTarget {
  /** Adds to the file of records. One call after another, of all of these. */
  write(text: string): Promise<void>;
  /** Null where there is room for the file of records alone. */
  add: ((file: BundledFile) => Promise<void>) | null;
  /**
   * Syncs and renames: only now is there anything under its name. What it throws, nothing is left of it.
   * @param signal ends it while it is not too late
   */
  finish(signal: AbortSignal): Promise<{ sizeBytes: number }>;
  /** Gives up what is not finished, and leaves nothing of it. */
  cancel(): Promise<void>;
}
