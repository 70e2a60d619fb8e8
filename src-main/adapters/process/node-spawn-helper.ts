/** The spawn helper under plain Node: a forked child process. */
import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SpawnHelperPort } from '../workspace-types.ts';

/**
 * Starts the helper.
 * @param modulePath the helper's entry; beside this module where absent, as source or in the bundle
 */
export function startNodeSpawnHelper(modulePath: string = besideThisModule()): SpawnHelperPort {
  const helper = fork(modulePath, [], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  let over = false;
  const exitListeners: (() => void)[] = [];
  const ended = () => {
    if (over) return;
    over = true;
    for (const listener of exitListeners) listener();
  };
  helper.once('exit', ended);
  // Emitted where it could not be started; there is no `exit` then.
  helper.on('error', () => {
    if (helper.pid === undefined) ended();
  });

  return {
    send(message) {
      // A message to a helper that has ended is lost like the helper itself, which `onExit` tells.
      if (helper.connected) helper.send(message as object, () => {});
    },
    onMessage: (listener) => void helper.on('message', listener),
    onExit: (listener) => void exitListeners.push(listener),
    kill: () => void helper.kill('SIGKILL'),
  };
}

/** The source's neighbour, or the bundle's: `out/main/spawn-helper.js`, from there or from `out/main/chunks`. */
function besideThisModule(): string {
  const here = import.meta.dirname;
  const candidates = [
    join(here, 'spawn-helper.ts'),
    join(here, 'spawn-helper.js'),
    join(dirname(here), 'spawn-helper.js'),
  ];
  return candidates.find((candidate) => existsSync(candidate)) ?? join(here, 'spawn-helper.js');
}
