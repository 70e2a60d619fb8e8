/**
 * `npm test`: every check there is, one after another, and one summary line at the end. A check that is not a
 * test suite (formatting, import rules, types, build) counts as one test. All run even when one failed, so that
 * one run tells everything.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Tally {
  passed: number;
  failed: number;
}

interface Step {
  name: string;
  /** A script of package.json. */
  script: string;
  args?: (reportFile: string) => string[];
  env?: (reportFile: string) => Record<string, string>;
  /** Reads the counts out of the report that the step's runner wrote. */
  tally?: (report: unknown) => Tally;
}

const vitestArgs = (reportFile: string) => [
  '--reporter=dot',
  '--reporter=json',
  `--outputFile.json=${reportFile}`,
];

const STEPS: Step[] = [
  { name: 'formatting, lint and import rules', script: 'lint' },
  { name: 'types', script: 'types' },
  { name: 'types of the Electron stand-in', script: 'types:standin' },
  { name: 'unit tests', script: 'test:unit', args: vitestArgs, tally: vitestTally },
  { name: 'build', script: 'build' },
  { name: 'integration tests', script: 'test:integration', args: vitestArgs, tally: vitestTally },
  {
    name: 'end-to-end tests',
    script: 'test:e2e',
    args: () => ['--reporter=line,json'],
    env: (reportFile) => ({ PLAYWRIGHT_JSON_OUTPUT_NAME: reportFile }),
    tally: playwrightTally,
  },
];

const reports = mkdtempSync(join(tmpdir(), 'jobdeck-test-'));
const total: Tally = { passed: 0, failed: 0 };
const failures: string[] = [];

for (const [index, step] of STEPS.entries()) {
  const reportFile = join(reports, `${index}.json`);
  process.stdout.write(`\n== ${step.name}\n`);
  const { status } = spawnSync('npm', ['run', '-s', step.script, '--', ...(step.args?.(reportFile) ?? [])], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...step.env?.(reportFile) },
    shell: process.platform === 'win32',
  });
  const tally = step.tally ? readTally(step.tally, reportFile) : { passed: status === 0 ? 1 : 0, failed: 0 };
  // A runner that fails without a failed test (a crash, no tests found) is a failure all the same.
  if (status !== 0 && tally.failed === 0) tally.failed = 1;
  total.passed += tally.passed;
  total.failed += tally.failed;
  if (tally.failed > 0) failures.push(step.name);
}
rmSync(reports, { recursive: true, force: true });

if (failures.length > 0) process.stdout.write(`\nFailed: ${failures.join('; ')}\n`);
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = total.failed > 0 ? 1 : 0;

function readTally(read: (report: unknown) => Tally, reportFile: string): Tally {
  try {
    return read(JSON.parse(readFileSync(reportFile, 'utf8')));
  } catch (error) {
    process.stderr.write(`The test runner left no readable report: ${String(error)}\n`);
    return { passed: 0, failed: 1 };
  }
}

function vitestTally(report: unknown): Tally {
  const { numPassedTests, numFailedTests, numFailedTestSuites } = report as Record<string, number>;
  if (numPassedTests === undefined || numFailedTests === undefined) {
    throw new Error('Expected numPassedTests and numFailedTests in the report of vitest.');
  }
  return { passed: numPassedTests, failed: numFailedTests || (numFailedTestSuites ?? 0) };
}

function playwrightTally(report: unknown): Tally {
  const { stats } = report as { stats?: { expected: number; unexpected: number; flaky: number } };
  if (stats === undefined) throw new Error('Expected stats in the report of Playwright.');
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky };
}
