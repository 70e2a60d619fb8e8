/** Server-sent events from bytes that may be cut anywhere (https://html.spec.whatwg.org/#parsing-an-event-stream). */
import { createParser } from 'eventsource-parser';

/** An event that is longer has no end, or is no event; characters. */
export const MAX_EVENT_LENGTH = 16 * 1024 * 1024;

export interface EventListener {
  /** One event: its name, where it has one, and its data. */
  onEvent(data: string, name: string | undefined): void;
  /** A line that is no field of an event: servers write errors so. */
  onStrayLine(line: string): void;
  onTooLong(): void;
}

export interface EventReader {
  feed(bytes: Uint8Array): void;
  /** The stream has ended: its last event may lack the empty line after it. */
  end(): void;
}

export function createEventReader({ onEvent, onStrayLine, onTooLong }: EventListener): EventReader {
  // Holds back a character that is cut, and drops a byte order mark.
  const decoder = new TextDecoder('utf-8');
  let isTooLong = false;
  const parser = createParser({
    maxBufferSize: MAX_EVENT_LENGTH,
    onEvent: ({ data, event }) => onEvent(data, event),
    onError(error) {
      if (error.type === 'max-buffer-size-exceeded') {
        isTooLong = true;
        onTooLong();
      } else if (error.type === 'unknown-field' && error.line !== undefined) onStrayLine(error.line);
    },
  });
  const feed = (text: string) => {
    if (text !== '' && !isTooLong) parser.feed(text);
  };
  return {
    feed: (bytes) => feed(decoder.decode(bytes, { stream: true })),
    end: () => feed(`${decoder.decode()}\n\n`),
  };
}
