/** Reads text as a file would be read, in chunks of any size. */
import { DocumentSplitter } from '../../../../src-main/adapters/documents/document-splitter.ts';
import {
  type ParsedDocument,
  parseDocument,
} from '../../../../src-main/adapters/documents/parse-document.ts';

export function readText(text: string | Uint8Array, chunkBytes = 1 << 20): ParsedDocument[] {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const splitter = new DocumentSplitter();
  const raws = [];
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    raws.push(...splitter.push(bytes.subarray(at, at + chunkBytes)));
  }
  raws.push(...splitter.end());
  return raws.map((raw) => parseDocument(raw));
}

/** The `id` of each document, or what is wrong with it. */
export function summary(text: string | Uint8Array, chunkBytes?: number): string[] {
  return readText(text, chunkBytes).map(({ line, value, problems }) =>
    problems[0] === undefined
      ? `${line}: ${(value as { id?: string })?.id ?? JSON.stringify(value)}`
      : `${line}! ${problems.map(({ path, message }) => `${path}${path && ' '}${message}`).join(' ')}`,
  );
}
