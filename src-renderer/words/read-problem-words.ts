/** Why something could not be read, as a sentence with what to do about it. */
import { databaseProblemSentence } from '../db/database-problem.ts';

/**
 * Of the history in the window. The database's own sentence where it is the database that refused; else what went
 * wrong in its words.
 */
export function historyProblem(error: unknown): string {
  return `The history could not be read. ${
    databaseProblemSentence(error) ?? `${messageOf(error)} Reload the window; if this stays, restart Jobdeck.`
  }`;
}

/** Of what jobs have printed, which the runner has: the history beside it may still be what failed. */
export function outputProblem(error: unknown): string {
  if (databaseProblemSentence(error) !== null) return historyProblem(error);
  return `The output could not be searched to its end. ${messageOf(error)} What was found stays.`;
}

/** A message that ends as a sentence does. */
function messageOf(error: unknown): string {
  const message = (error instanceof Error ? error.message : String(error)).trim();
  return /[.!?]$/u.test(message) ? message : `${message}.`;
}
