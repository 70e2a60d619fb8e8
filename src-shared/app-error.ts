/** The one error class, and the closed set of codes that may cross a boundary. */
export const APP_ERROR_CODES = [
  'bad-request',
  'untrusted-sender',
  'not-found',
  'conflict',
  'illegal-transition',
  'invalid-document',
  'unsupported',
  'not-approved',
  'too-large',
  'journal-full',
  'disk-full',
  'data-in-use',
  'io',
  'closing',
  'internal',
] as const;
export type AppErrorCode = (typeof APP_ERROR_CODES)[number];

/** An error with a code for programs and a sentence a person can act on. */
export class AppError extends Error {
  readonly code: AppErrorCode;

  constructor(code: AppErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
  }
}

/** For the end of a switch over a union: a compile error when a case is missing, and a throw if one slips by. */
export function assertNever(value: never): never {
  throw new AppError('internal', `Expected no further case, got ${JSON.stringify(value)}`);
}
