/** Asks the process that has a data directory open to do something there. */
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '#shared/app-error.ts';
import { type Result, unwrap } from '#shared/contract/result.ts';
import { type ControlFile, openControlFile } from './control-file.ts';
import type { ControlReport, ControlRequest } from './control-request.ts';
import { hasOwner } from './data-owner.ts';

export interface AskOptions {
  /** How long it may take until the owner begins to do it, milliseconds. */
  untilTakenMs?: number;
  /** How long it may take in all. */
  untilDoneMs?: number;
}

const LOOK_EVERY_MS = 40;
/** Asking for the lock may make a process that is just starting wait. */
const LOOKS_PER_OWNER_CHECK = 10;

/**
 * The owner's answer, or null where nobody has the directory open any more and nothing was done.
 * @throws AppError what the owner refused it with; `data-in-use` where it does not answer
 */
export async function askOwner(
  directory: string,
  request: ControlRequest,
  options: AskOptions = {},
): Promise<ControlReport | null> {
  const { untilDoneMs = 60_000 } = options;
  const file = openControlFile(directory);
  try {
    const id = file.ask(request, Date.now() + untilDoneMs);
    try {
      return await waitForAnswer(directory, file, id, { untilTakenMs: 5000, untilDoneMs, ...options });
    } finally {
      file.drop(id);
    }
  } finally {
    file.close();
  }
}

async function waitForAnswer(
  directory: string,
  file: ControlFile,
  id: number,
  { untilTakenMs, untilDoneMs }: Required<AskOptions>,
): Promise<ControlReport | null> {
  const startMs = performance.now();
  for (let looks = 0; ; looks++) {
    const answer = file.answerTo(id);
    // Written by a Jobdeck of the same user, as the journal is: its form is not checked again.
    if (answer !== undefined) return unwrap(answer as Result<ControlReport>);
    const waitedMs = performance.now() - startMs;
    const isOwned = looks % LOOKS_PER_OWNER_CHECK !== 0 || hasOwner(directory);
    if ((!isOwned || waitedMs > untilTakenMs) && file.withdraw(id)) {
      if (!isOwned) return null;
      throw new AppError('data-in-use', noAnswer(directory, untilTakenMs));
    }
    if (!isOwned && file.answerTo(id) === undefined) {
      throw new AppError('data-in-use', endedOverIt(directory));
    }
    if (waitedMs > untilDoneMs) throw new AppError('data-in-use', notDone(directory, untilDoneMs));
    await delay(LOOK_EVERY_MS);
  }
}

const noAnswer = (directory: string, ms: number) =>
  `The Jobdeck that has ${directory} open did not answer for ${ms / 1000} s, so nothing was done: try again, or end it and try again.`;
const endedOverIt = (directory: string) =>
  `The Jobdeck that had ${directory} open ended before it answered: "list" shows whether it was done.`;
const notDone = (directory: string, ms: number) =>
  `The Jobdeck that has ${directory} open is not done after ${ms / 1000} s and goes on: "list" shows when it is.`;
