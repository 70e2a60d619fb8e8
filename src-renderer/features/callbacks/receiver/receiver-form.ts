/** The receiver's form as it is typed, and what is wrong with it. Pure. */
import type { ReceivedCallback } from '#shared/contract/callbacks.ts';
import type { StatusLook } from '../../../components/status-icon/status-icon.tsx';

/** What a receiver may say, and what a sender makes of it. */
export const ANSWERS = [
  { value: '200', label: '200', means: 'It takes the message: that is delivered.' },
  { value: '500', label: '500', means: 'It fails: the message is tried again by the schedule.' },
  { value: '503', label: '503', means: 'It is busy and says for how long: its host is slowed down.' },
  { value: '410', label: '410', means: 'It is gone: that message is stopped, and so are later ones.' },
] as const;
export type Answer = (typeof ANSWERS)[number]['value'];

/** The port of a text: null for nothing, which is any that is free; undefined for what is no port. */
export function parsePort(text: string): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  if (!/^\d{1,5}$/u.test(trimmed)) return undefined;
  const port = Number(trimmed);
  return port >= 1 && port <= 65_535 ? port : undefined;
}

export const VERDICT_WORDS: Record<ReceivedCallback['verdict'], string> = {
  valid: 'Signature verified',
  invalid: 'Signature wrong',
  unsigned: 'Not signed',
  'not-checked': 'Signature not checked',
};

export const VERDICT_LOOKS: Record<ReceivedCallback['verdict'], StatusLook> = {
  valid: 'done',
  invalid: 'failed',
  unsigned: 'cancelled',
  'not-checked': 'saved',
};
