/** What the table shows of an item: short, so that a hundred thousand of them stay small in memory. Pure. */
import { assertNever } from '#shared/app-error.ts';
import type { ItemRecord, ItemStatus } from '#shared/job/items.ts';
import type { StatusLook } from '../../../components/status-icon/status-icon.tsx';

export interface ItemRow {
  index: number;
  status: ItemStatus;
  attempts: number;
  durationNs: number | null;
  /** The item itself, on one line. */
  title: string;
  /** Why it failed, or the first line of what it gave. */
  note: string;
}

const MAX_LENGTH = 160;

export function itemRow({ index, status, attempts, duration_ns, item, result, error }: ItemRecord): ItemRow {
  const said = result?.text || result?.stdout || result?.stderr || '';
  return {
    index,
    status,
    attempts,
    durationNs: duration_ns,
    title: itemTitle(item),
    note: firstLine(error?.message ?? said),
  };
}

/** An item on one line: a text as it is, an object as its fields. */
export function itemTitle(item: unknown): string {
  if (typeof item === 'string') return firstLine(item);
  if (typeof item !== 'object' || item === null || Array.isArray(item))
    return shortened(JSON.stringify(item));
  const fields = Object.entries(item).map(([name, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return `${name}: ${text}`;
  });
  return shortened(fields.join(', '));
}

export function lookOfItem(status: ItemStatus): StatusLook {
  switch (status) {
    case 'pending':
      return 'waiting';
    case 'running':
      return 'running';
    case 'completed':
      return 'done';
    case 'failed':
      return 'failed';
    case 'cancelled':
      return 'cancelled';
    default:
      return assertNever(status);
  }
}

export const ITEM_STATUS_WORDS: Record<ItemStatus, string> = {
  pending: 'Waiting',
  running: 'Running',
  completed: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

function firstLine(text: string): string {
  const line = text.split('\n', 50).find((each) => each.trim() !== '') ?? '';
  return shortened(line.trim());
}

function shortened(text: string): string {
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH - 1)}…`;
}
