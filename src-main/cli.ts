/** Composition root of the command line: the same core and adapters as the desktop application, no Electron. */
import { readFileSync } from 'node:fs';
import { enableCompileCache, findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { startNodeSpawnHelper } from './adapters/process/node-spawn-helper.ts';
import type { OpenWorkspace } from './adapters/workspace-types.ts';

const packageFile = findPackageJSON(import.meta.url);
// Before the rest is loaded: what was compiled once is not compiled again, which halves the time of a start.
if (packageFile !== undefined) enableCompileCache(join(dirname(packageFile), 'node_modules/.cache/jobdeck'));

const { processIo } = await import('./cli/process-io.ts');
const { runCli } = await import('./cli/run-cli.ts');

process.exitCode = await runCli(process.argv.slice(2), {
  io: processIo(),
  openWorkspace,
  startSpawnHelper: () => startNodeSpawnHelper(),
  version: versionOf(),
});

/** Loaded by the commands that need it: the others start in half the time. */
async function openWorkspace(...options: Parameters<OpenWorkspace>): ReturnType<OpenWorkspace> {
  const workspace = await import('./adapters/workspace.ts');
  return workspace.openWorkspace(...options);
}

function versionOf(): string {
  if (packageFile === undefined) return 'unknown';
  const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string };
  return version;
}
