import { utilityProcess } from 'electron';
import type { SpawnHelperPort, StartSpawnHelper } from '../adapters/workspace-types.ts';

/**
 * Starts the spawn helper as a utility process: forking Node is not possible in the packaged application, where
 * the fuse `runAsNode` is off. Only after `ready`.
 * @param modulePath absolute path of the built helper
 */
export function spawnHelperStarter(modulePath: string): StartSpawnHelper {
  return () => {
    const child = utilityProcess.fork(modulePath, [], {
      serviceName: 'Jobdeck job runner',
      stdio: 'inherit',
    });
    return {
      send: (message) => child.postMessage(message),
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => void child.on('exit', () => listener()),
      kill: () => void child.kill(),
    } satisfies SpawnHelperPort;
  };
}
