/** Documents out of files, streams and text, without ever holding the event loop for long. */
import { DocumentSplitter, type RawDocument } from './document-splitter.ts';

const MAX_TURN_MS = 15;

/** The documents of a stream of bytes, as they are found. */
export async function* readDocuments(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<RawDocument> {
  const splitter = new DocumentSplitter();
  const pause = createPause();
  for await (const chunk of chunks) {
    for (const raw of splitter.push(chunk)) {
      yield raw;
      await pause();
    }
    await pause();
  }
  for (const raw of splitter.end()) {
    yield raw;
    await pause();
  }
}

/** Lets others have the event loop once this work has had it for long enough. */
export function createPause(): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < MAX_TURN_MS) return undefined;
    return new Promise((resolve) =>
      setImmediate(() => {
        since = performance.now();
        resolve();
      }),
    );
  };
}
