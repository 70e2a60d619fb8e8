/** From how a process ended to how its attempt did: outcome and error, in the record's terms. */
import type { AttemptReport } from '../../core/ports.ts';
import { durationInWords } from './duration-words.ts';
import type { Survivor } from './end-tree.ts';

export type Verdict = Pick<AttemptReport, 'outcome' | 'error'>;

export function verdictOfExit(code: number | null, signal: string | null): Verdict {
  if (signal !== null) return failed('signal', `The program was ended by signal ${signal}.`);
  if (code === 0) return { outcome: 'completed' };
  return failed('exit-code', `The program ended with exit code ${code}.`);
}

export function verdictOfTimeout(timeoutMs: number, survivors: readonly Survivor[]): Verdict {
  const limit = durationInWords(timeoutMs);
  return failed(
    'timeout',
    `The program ran longer than its limit of ${limit} and was ended.${named(survivors)}`,
  );
}

export function verdictOfLoss(helperRan: boolean, survivors: readonly Survivor[]): Verdict {
  return helperRan
    ? failed(
        'interrupted',
        `The helper process that starts programs ended while the program ran, so it was ended too.${named(survivors)}`,
      )
    : failed('spawn', 'The helper process that starts programs could not be started. Restart Jobdeck.');
}

/** What could not be ended, as a sentence; null where nothing is left. */
export function survivorsInWords(survivors: readonly Survivor[]): string | null {
  if (survivors.length === 0) return null;
  const names = survivors.map(({ pid, name }) => `${pid} (${name})`).join(', ');
  return survivors.length === 1
    ? `Process ${names} could not be ended and is still there.`
    : `Processes ${names} could not be ended and are still there.`;
}

function named(survivors: readonly Survivor[]): string {
  const sentence = survivorsInWords(survivors);
  return sentence === null ? '' : ` ${sentence}`;
}

function failed(code: NonNullable<AttemptReport['error']>['code'], message: string): Verdict {
  return { outcome: 'failed', error: { code, message } };
}
