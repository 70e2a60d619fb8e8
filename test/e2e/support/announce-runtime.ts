import { findRuntime } from './runtime.ts';

/** Says once which runtime the specs run on: a green run on the stand-in says nothing about Electron itself. */
// biome-ignore lint/style/noDefaultExport: how Playwright finds a global setup
export default function announceRuntime(): void {
  const { name, executablePath } = findRuntime();
  process.stdout.write(`End-to-end specs run on ${name} (${executablePath}).\n`);
}
