/** What went wrong in catching up, as a sentence a person can act on. */
import { AppError } from '#shared/app-error.ts';
import { databaseProblemOf, databaseProblemSentence, errorSentence } from '../db/database-problem.ts';

export function problemSentence(error: unknown): string {
  switch (databaseProblemOf(error)) {
    case 'full':
      return 'The history could not be written because the disk is full. Jobs go on; free some space, and the history catches up by itself.';
    case 'closed':
      return 'The history was closed. Jobs go on; reload this window if this message stays.';
    case 'newer':
    case 'damaged':
      return `The history could not be written. ${databaseProblemSentence(error)}`;
    case 'other':
      if (error instanceof AppError) return `The history could not be brought up to date. ${error.message}`;
      return `The history could not be brought up to date and is tried again shortly. ${errorSentence(error)}`;
  }
}
