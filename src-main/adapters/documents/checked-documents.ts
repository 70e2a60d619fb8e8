/** From a file to its documents, checked: unpacked, cut apart, parsed, repaired. */
import { AppError } from '#shared/app-error.ts';
import type { CheckedDocument } from '#shared/contract/documents.ts';
import type { Origin } from '#shared/job/new-job.ts';
import { type CheckOptions, checkParsed } from './check-parsed.ts';
import { type DocumentBytes, openBytes } from './document-bytes.ts';
import type { DocumentSource } from './document-source.ts';
import { DocumentSplitter } from './document-splitter.ts';
import { isOpenAiBatchLine, openAiBatchDocument } from './openai-batch-document.ts';
import { otherFile } from './other-files.ts';
import { type ParsedDocument, parseDocument } from './parse-document.ts';
import { createPause } from './pause.ts';

export interface ReadDocument {
  parsed: ParsedDocument;
  checked: CheckedDocument;
}

export interface ReadOptions extends CheckOptions {
  /** Whether an input file of OpenAI's Batch API becomes a batch; true where absent. Else it is refused. */
  takesRequests?: boolean;
}

/**
 * The documents of a source, some at a time, as they are found. What keeps the rest of it from being read is told as the
 * last of them, so that other sources are not held up by it. Never holds the event loop for long.
 */
export async function* checkedDocuments(
  source: DocumentSource,
  origin: Origin,
  options: ReadOptions = {},
): AsyncGenerator<ReadDocument[]> {
  const splitter = new DocumentSplitter();
  const pause = createPause();
  let count = 0;
  let found: ReadDocument[] = [];
  try {
    const bytes = await openBytes(source.chunks());
    for await (const raws of rawDocuments(bytes, splitter)) {
      for (const raw of raws) {
        const parsed = parseDocument(raw, bytes);
        if (count === 0 && isOpenAiBatchLine(parsed.value)) {
          yield options.takesRequests === false
            ? [unread(source.name, raw.start.line, 0, REQUESTS)]
            : [await openAiBatchDocument(source, bytes, origin)];
          return;
        }
        const other = count === 0 ? otherFile(parsed.value) : null;
        if (other !== null) {
          yield [unread(source.name, raw.start.line, 0, other)];
          return;
        }
        count++;
        found.push({ parsed, checked: checkParsed(parsed, source.name, origin, options) });
        const turn = pause();
        if (turn === undefined) continue;
        yield found;
        found = [];
        await turn;
      }
      if (found.length > 0) yield found;
      found = [];
      await pause();
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    found.push(unread(source.name, splitter.line, count, error.message));
  }
  if (found.length > 0) yield found;
}

const REQUESTS =
  'Expected jobs, got an input file of OpenAI\'s Batch API: the command "openai-batch" answers its requests.';

async function* rawDocuments({ chunks }: DocumentBytes, splitter: DocumentSplitter) {
  for await (const chunk of chunks) yield splitter.push(chunk);
  yield splitter.end();
}

function unread(file: string, line: number, index: number, message: string): ReadDocument {
  const problems = [{ path: '', message }];
  return {
    parsed: { index, line, encoding: 'utf-8', value: undefined, problems, repairs: [], hasOddText: false },
    checked: { file, line, index, id: null, valid: false, errors: problems, repairs: [], job: null },
  };
}
