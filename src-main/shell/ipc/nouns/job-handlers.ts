import type { HandlerContext } from '../context.ts';
import type { HandlersOf } from '../handlers.ts';

export function jobHandlers({ workspace: { runner } }: HandlerContext): HandlersOf<'job' | 'runner'> {
  return {
    'job:submit': ({ jobs, ended }) => runner.submit(jobs, ended),
    'job:cancel': ({ ids }) => runner.cancel(ids),
    'job:forget': async ({ ids }) => ({ refused: await runner.forget(ids) }),
    'job:suspend': ({ ids }) => runner.suspend(ids),
    'job:continue': ({ ids }) => runner.resume(ids),
    'job:move': async ({ id, to }) => {
      await runner.move(id, to);
      return {};
    },
    'job:progress': async ({ ids }) => ({ jobs: runner.progress(ids) }),
    'runner:status': async () => runner.status(),
  };
}
