import { EventEmitter } from 'node:events';
import { expect, it, vi } from 'vitest';
import { spawnHelperStarter } from '../../../src-main/shell/spawn-helper-process.ts';

const fork = vi.hoisted(() => vi.fn());
vi.mock('electron', () => ({ utilityProcess: { fork } }));

it('speaks with a utility process, in both directions, until it ends', () => {
  const child = Object.assign(new EventEmitter(), { postMessage: vi.fn(), kill: vi.fn() });
  fork.mockReturnValue(child);
  const port = spawnHelperStarter('/out/main/spawn-helper.js')();
  expect(fork.mock.calls[0]?.slice(0, 2)).toEqual(['/out/main/spawn-helper.js', []]);

  const received: unknown[] = [];
  const ended = vi.fn();
  port.onMessage((message) => received.push(message));
  port.onExit(ended);
  port.send({ type: 'spawn' });
  child.emit('message', { type: 'ready' });
  expect(child.postMessage).toHaveBeenCalledExactlyOnceWith({ type: 'spawn' });
  expect(received).toEqual([{ type: 'ready' }]);

  port.kill();
  expect(child.kill).toHaveBeenCalledOnce();
  child.emit('exit', 0);
  expect(ended).toHaveBeenCalledOnce();
});
