/** Plays a program: coloured lines at a steady pace, then an end. */
import type { Disposer } from '#shared/contract/app-api.ts';
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import type { FakeMain } from './fake-main.ts';

const LINES = 24;
const LINE_MS = 150;

/** A task that mentions `exit N` or `false` fails; everything else completes. */
export function playProcess(main: FakeMain, job: BatchJob): Disposer {
  let printed = 0;
  const timer = setInterval(() => {
    printed += 1;
    main.print(job.id, line(printed));
    if (printed % 8 === 0)
      main.print(job.id, `\u001b[33mwarning:\u001b[0m file ${printed} is large\n`, 'stderr');
    if (printed === LINES) {
      clearInterval(timer);
      main.finish(job.id, exitCodeOf(job));
    }
  }, LINE_MS);
  return () => clearInterval(timer);
}

function line(number: number): string {
  const percent = Math.round((number / LINES) * 100);
  return `\u001b[32mok\u001b[0m \u001b[1mfile-${String(number).padStart(3, '0')}.jpg\u001b[0m \u001b[2m${percent} %\u001b[0m\n`;
}

function exitCodeOf(job: BatchJob): number {
  const task = JSON.stringify(jobdeckOf(job)?.task ?? {});
  const [, code] = /\bexit (\d+)/u.exec(task) ?? [];
  return code === undefined ? Number(/\bfalse\b/u.test(task)) : Number(code);
}
