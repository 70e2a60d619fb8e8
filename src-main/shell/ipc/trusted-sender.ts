import type { IpcMainInvokeEvent, WebContents } from 'electron';
import { isAppUrl } from '../app-origin.ts';

/**
 * True for the main frame of our own window while it shows our own page. A frame that is null has navigated
 * away or is gone since it asked: untrusted.
 */
export function isTrustedSender(
  event: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>,
  page: WebContents | undefined,
): boolean {
  const frame = event.senderFrame;
  return frame !== null && event.sender === page && frame.parent === null && isAppUrl(frame.url);
}
