/** Why a task's placeholders can't be filled. Thrown inside of this folder alone; outside it is a value. */
import type { JobError, JobErrorCode } from '../error-codes.ts';

export class TemplateProblem extends Error {
  readonly jobError: JobError;

  constructor(code: Extract<JobErrorCode, 'template' | 'secret'>, message: string) {
    super(message);
    this.name = 'TemplateProblem';
    this.jobError = { code, message };
  }
}
