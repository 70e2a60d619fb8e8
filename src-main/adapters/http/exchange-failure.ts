/** Why an exchange with a server came to nothing. Thrown among the executors alone; outside them it is a value. */
import type { JobError, JobErrorCode } from '#shared/job/error-codes.ts';

export class ExchangeFailure extends Error {
  readonly jobError: JobError;

  constructor(code: JobErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ExchangeFailure';
    this.jobError = { code, message };
  }
}
