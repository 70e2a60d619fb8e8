/** Opens a data directory, starts its runner and prints how large the process is. Usage: memory-process.ts DIRECTORY DUE */
import { memoryUsage } from 'node:process';
import { startNodeSpawnHelper } from '../../../src-main/adapters/process/node-spawn-helper.ts';
import { openWorkspace } from '../../../src-main/adapters/workspace.ts';

const [dataDirectory = '', due = ''] = process.argv.slice(2);
const workspace = await openWorkspace({
  dataDirectory,
  inBackground: () => false,
  startSpawnHelper: () => startNodeSpawnHelper(),
  version: '0.0.0',
});
await workspace.runner.start();
const found = workspace.runner.status().callbacksDue;
if (found !== Number(due)) throw new Error(`Expected ${due} callbacks to wait, got ${found}.`);
globalThis.gc?.();
const megabytes = memoryUsage.rss() / 1e6;
await workspace.close();
process.stdout.write(String(megabytes));
