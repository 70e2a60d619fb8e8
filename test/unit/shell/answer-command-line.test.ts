import { beforeEach, expect, it, vi } from 'vitest';
import { answerCommandLine } from '../../../src-main/shell/answer-command-line.ts';

const app = vi.hoisted(() => ({
  on: vi.fn(),
  exit: vi.fn(),
  whenReady: vi.fn(async () => {}),
  disableHardwareAcceleration: vi.fn(),
}));
vi.mock('electron', () => ({ app }));
beforeEach(() => vi.clearAllMocks());

it('ends with the exit code of the command', async () => {
  const run = vi.fn(async () => 2);
  await answerCommandLine(['validate', 'a.json'], run);
  expect(run).toHaveBeenCalledExactlyOnceWith(['validate', 'a.json']);
  expect(app.exit).toHaveBeenCalledExactlyOnceWith(2);
});

it.each(['run', 'resume', 'add', 'cancel', 'retry-failed', 'queue', 'openai-batch'])(
  'waits for Electron before %s, which may open a data directory',
  async (command) => {
    await answerCommandLine([command], async () => {
      expect(app.whenReady).toHaveBeenCalledOnce();
      return 0;
    });
    expect(app.exit).toHaveBeenCalledExactlyOnceWith(0);
  },
);

it.each(['validate', 'schema', 'list', 'show', 'log', 'suspend', 'help', '--version'])(
  'needs nothing of Electron for %s',
  async (command) => {
    await answerCommandLine([command], async () => 0);
    expect(app.whenReady).not.toHaveBeenCalled();
  },
);
