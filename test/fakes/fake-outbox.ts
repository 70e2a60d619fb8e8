/** The journal of the fake main process: its events, and from where on it still has them. */
import { AppError } from '#shared/app-error.ts';
import type { OutboxCursor, PullRequest, PullResponse } from '#shared/contract/outbox.ts';
import type { JobEvent, JobEventDraft } from '#shared/job/events.ts';
import type { JobId } from '#shared/job/job-id.ts';

export class FakeOutbox {
  journalId: string = crypto.randomUUID();
  head = 0;
  #floor = 0;
  #events: JobEvent[] = [];

  add(event: JobEventDraft): void {
    this.head += 1;
    this.#events.push({ ...event, journalId: this.journalId, seq: this.head });
  }

  pull({ cursor, limit }: PullRequest): PullResponse {
    const { journalId, head } = this;
    const after = cursor?.seq ?? 0;
    if ((cursor && cursor.journalId !== journalId) || after < this.#floor || after > head) {
      return { kind: 'gap', journalId, head };
    }
    const events = this.#events.filter((event) => event.seq > after).slice(0, limit);
    return { kind: 'events', journalId, head, events };
  }

  /** @throws AppError for the cursor of another journal, or one that is ahead of this one */
  check({ journalId, seq }: OutboxCursor): void {
    if (journalId !== this.journalId)
      throw new AppError('conflict', 'Expected the journal of now, got another.');
    if (seq > this.head) throw new AppError('bad-request', `Expected at most ${this.head}, got ${seq}.`);
  }

  drop(upTo: number): void {
    this.#floor = Math.max(this.#floor, upTo);
    this.#events = this.#events.filter((event) => event.seq > upTo);
  }

  forget(ids: ReadonlySet<JobId>): void {
    this.#events = this.#events.filter((event) => !ids.has(event.jobId));
  }

  /** Begins another journal. */
  lose(): void {
    this.journalId = crypto.randomUUID();
    this.head = 0;
    this.#floor = 0;
    this.#events = [];
  }

  /** The journal of now, to be put back by what this gives. */
  copy(): () => void {
    const kept = [this.journalId, this.head, this.#floor, [...this.#events]] as const;
    return () => {
      [this.journalId, this.head, this.#floor] = kept;
      this.#events = [...kept[3]];
    };
  }
}
