/**
 * An application that can be killed: runs one attempt of a task and says when it is over.
 * Arguments: data directory, job id, the task as JSON.
 */
import { parseJobId } from '#shared/job/job-id.ts';
import { createOutputStore } from '../../../src-main/adapters/output/output-store.ts';
import { startNodeSpawnHelper } from '../../../src-main/adapters/process/node-spawn-helper.ts';
import { createProcessExecutor } from '../../../src-main/adapters/process/process-executor.ts';

const [directory = '', id, task = ''] = process.argv.slice(2);
const jobId = parseJobId(id);
if (jobId === null) throw new Error(`Expected a job id, got ${id}.`);

const executor = createProcessExecutor({
  startSpawnHelper: startNodeSpawnHelper,
  outputs: createOutputStore(directory),
});
const report = await executor.run(
  { jobId, attempt: 1, task: JSON.parse(task), timeoutMs: null, killGraceMs: 200, redact: [] },
  new AbortController().signal,
);
console.log(JSON.stringify(report));
await executor.close();
