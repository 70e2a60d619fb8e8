import { type BrowserWindow, dialog, type MessageBoxOptions } from 'electron';

export type JobsChoice = 'keep-running' | 'quit' | 'cancel';

export interface JobsAnswer {
  choice: JobsChoice;
  /** The person wants the same next time. */
  remember: boolean;
}

const CHOICES = ['keep-running', 'quit', 'cancel'] as const satisfies readonly JobsChoice[];

/** What shall become of the jobs that are not done. A closed question means cancel. */
export async function askAboutJobs(
  window: BrowserWindow | null,
  count: number,
  offerToRemember: boolean,
): Promise<JobsAnswer> {
  const options: MessageBoxOptions = {
    type: 'question',
    message: count === 1 ? '1 job is still running or waiting' : `${count} jobs are still running or waiting`,
    detail:
      'Jobdeck can go on without a window, tell you when a job ends, and quit when all are done. Jobs that are ' +
      'stopped are marked as interrupted, or start again next time where that is what they ask for.',
    buttons: ['Keep running in the background', 'Stop them and quit', 'Cancel'],
    defaultId: 0,
    cancelId: 2,
    ...(offerToRemember && { checkboxLabel: "Don't ask again" }),
  };
  const { response, checkboxChecked } = await (window === null
    ? dialog.showMessageBox(options)
    : dialog.showMessageBox(window, options));
  const choice = CHOICES[response] ?? 'cancel';
  return { choice, remember: checkboxChecked && choice !== 'cancel' };
}
