/** Where a job waits, and for what. */
import { type Fields, inJobdeck, number, oneOf, text, texts } from './fields.ts';

export interface QueueForm {
  queue: string;
  priority: number | null;
  after: string[];
  afterCondition: 'completed' | 'ended';
  dedupKey: string;
  onDuplicate: 'refuse' | 'join';
}

export const QUEUE_FIELDS: Fields<QueueForm> = {
  queue: inJobdeck('queue', text),
  priority: inJobdeck('priority', number),
  after: inJobdeck('after', texts),
  afterCondition: inJobdeck('after_condition', oneOf(['completed', 'ended'])),
  dedupKey: inJobdeck('dedup_key', text),
  onDuplicate: inJobdeck('on_duplicate', oneOf(['refuse', 'join'])),
};
