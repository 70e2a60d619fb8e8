/** Composition root of the command line: the same core and adapters as the desktop application, no Electron. */
import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { startNodeSpawnHelper } from './adapters/process/node-spawn-helper.ts';
import { openWorkspace } from './adapters/workspace.ts';
import { processIo } from './cli/process-io.ts';
import { runCli } from './cli/run-cli.ts';

process.exitCode = await runCli(process.argv.slice(2), {
  io: processIo(),
  openWorkspace,
  startSpawnHelper: () => startNodeSpawnHelper(),
  version: versionOf(findPackageJSON(import.meta.url)),
});

function versionOf(packageFile: string | undefined): string {
  if (packageFile === undefined) return 'unknown';
  const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string };
  return version;
}
