/** An HTTP request. */
import { anything, type Fields, inTask, number, requiredText, text, textMap, texts } from './fields.ts';
import { jsonIn } from './values.ts';

export interface HttpForm {
  method: string;
  url: string;
  headers: Record<string, string>;
  /** A text is sent as it is, any other value as JSON; undefined is no body. */
  body: unknown;
  expectStatus: string[];
  maxRedirects: number | null;
  maxResponseBytes: number | null;
}

export const HTTP_FIELDS: Fields<HttpForm> = {
  method: inTask('method', text),
  url: inTask('url', requiredText),
  headers: inTask('headers', textMap),
  body: inTask('body', anything),
  expectStatus: inTask('expect/status', texts),
  maxRedirects: inTask('max_redirects', number),
  maxResponseBytes: inTask('max_response_bytes', number),
};

export const HTTP_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const;

export type BodyKind = 'none' | 'text' | 'json';

export function bodyKindOf(body: unknown): BodyKind {
  if (body === undefined) return 'none';
  return typeof body === 'string' ? 'text' : 'json';
}

/** The body as another kind; a text that is JSON becomes that JSON, and JSON the text that it is written as. */
export function bodyAs(kind: BodyKind, body: unknown): unknown {
  switch (kind) {
    case 'none':
      return undefined;
    case 'text':
      return body === undefined || typeof body === 'string' ? (body ?? '') : JSON.stringify(body, null, 2);
    case 'json': {
      if (typeof body !== 'string') return body ?? {};
      const parsed = jsonIn(body);
      return parsed === undefined || typeof parsed.value === 'string' ? {} : parsed.value;
    }
  }
}

/** The answers of a line such as "2xx, 304"; undefined where one of them is none. */
export function parseStatusList(line: string): string[] | undefined {
  const all = line.split(/[\s,]+/u).filter((each) => each !== '');
  return all.every((each) => /^[1-5](?:\d\d|xx)$/u.test(each)) ? [...new Set(all)] : undefined;
}
