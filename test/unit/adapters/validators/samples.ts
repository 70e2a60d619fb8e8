/** Samples with every property there is, so that the compiler says when a type gained one that they lack. */
import type { BatchJob } from '#shared/job/batch-job.ts';
import { newJobId } from '#shared/job/job-id.ts';
import type {
  Attempt,
  Items,
  JobdeckMetadata,
  JobResult,
  RetryPolicy,
  Schedule,
} from '#shared/job/jobdeck-metadata.ts';
import type { HttpTask, LlmTask, ProgramTask, ScriptTask, ShellTask, Task } from '#shared/job/tasks.ts';

const sampleId = newJobId('job', () => '123e4567-e89b-12d3-a456-426614174000');
const process = { cwd: '/tmp', env: { LANG: 'C' }, stdin: 'text' };
const program: Required<ProgramTask> = { kind: 'command', program: 'echo', args: ['a'], ...process };
const shell: Required<ShellTask> = { kind: 'command', shell: 'echo a', ...process };
const script: Required<ScriptTask> = { kind: 'script', interpreter: 'sh', source: 'echo a', ...process };
const http: Required<HttpTask> = {
  kind: 'http',
  method: 'POST',
  url: 'https://example.org/',
  headers: { accept: '*/*' },
  body: { any: ['thing', 1, null] },
  expect: { status: ['204', '2xx'] },
  max_redirects: 3,
  max_response_bytes: 1024,
};
const llm: Required<LlmTask> = {
  kind: 'llm',
  endpoint: 'chat/completions',
  base_url: 'http://127.0.0.1:11434/v1',
  model: 'small',
  request: { model: 'small' },
  stream: false,
};
export const TASKS: Required<Task>[] = [program, shell, script, http, llm];

export const ITEMS: Items[] = [
  { values: [1, 'two', { three: 3 }] },
  { file: 'rows.csv', format: 'csv' },
  { range: { from: 1, to: 10, step: 3 } },
  { range: { from: 1, to: 10 } },
  { matrix: { a: [1], b: ['x'] } },
  { failed_of: 'job-123e4567-e89b-12d3-a456-426614174000' },
];

const retry: Required<RetryPolicy> = {
  max_attempts: 3,
  backoff_ms: 0,
  factor: 1.5,
  max_backoff_ms: 60_000,
  jitter: true,
  on: ['exit-code', 'timeout', 'network', 'http-5xx', 'http-429'],
  exit_codes: [75],
};
const schedule: Required<Schedule> = {
  cron: '0 6 * * 1-5',
  time_zone: 'Europe/Berlin',
  missed: 'catch-up',
  remaining: 3,
  until: null,
  origin: 'job-123e4567-e89b-12d3-a456-426614174000',
};
const attempt: Required<Attempt> = {
  number: 1,
  started_at: '2026-11-23T09:30:00Z',
  ended_at: '2026-11-23T09:30:01.5+01:00',
  duration_ns: 1_500_000_000,
  ttft_ns: null,
  outcome: 'failed',
  error: { code: 'timeout', message: 'It took too long.' },
};
const result: Required<JobResult> = {
  exit_code: null,
  signal: 'SIGTERM',
  stdout: '',
  stderr: '',
  stdout_bytes: 0,
  stderr_bytes: 0,
  truncated: false,
  status_code: 200,
  stdout_cut_bytes: 0,
  stderr_cut_bytes: 1,
  request_id: 'req-1',
  content_type: 'application/json',
  text: 'an answer',
  usage: { prompt_tokens: 1 },
  finish_reason: 'stop',
  body: { id: 'chatcmpl-1' },
};

export const METADATA: Required<JobdeckMetadata> = {
  version: 1,
  name: 'All there is',
  tags: ['a'],
  notes: 'n',
  queue: 'default',
  priority: -1,
  after: ['job-123e4567-e89b-12d3-a456-426614174000'],
  after_condition: 'ended',
  not_before: '2026-12-01T06:00:00Z',
  deadline: null,
  timeout_ms: 60_000,
  kill_grace_ms: 0,
  retry,
  on_interrupt: 'rerun',
  dedup_key: null,
  on_duplicate: 'join',
  max_output_bytes: 1_048_576,
  schedule,
  rerun_of: 'run-123e4567-e89b-12d3-a456-426614174000',
  task: program,
  items: { values: [] },
  concurrency: 4,
  rate_limit: { count: 60, per: 'minute' },
  fail_when: 'any',
  attempts: [attempt],
  next_attempt_at: null,
  dependencies: [{ id: sampleId, status: 'completed' }],
  joined: 'job-123e4567-e89b-12d3-a456-426614174000',
  missed_runs: 2,
  counts: { total: 3, completed: 1, failed: 1, cancelled: 1 },
  result,
  error: { code: 'exit-code', message: 'The program ended with exit code 3.' },
  imported: { user_id: 'user-1' },
};

export const JOB: BatchJob = {
  created_by_id: 'user-1',
  last_updated_by_id: null,
  created_at: '2026-11-23T09:30:00Z',
  updated_at: '2026-11-23T09:30:00Z',
  status: 'failed',
  completed_at: '2026-11-23T09:30:00Z',
  stop_reason: 'error',
  metadata: { mine: { is: 'kept' }, jobdeck: METADATA },
  job_type: 'job',
  background: true,
  agent_id: null,
  callback_url: 'http://127.0.0.1/',
  callback_sent_at: '2026-11-23T09:30:00Z',
  callback_status_code: 204,
  callback_error: null,
  ttft_ns: 1,
  total_duration_ns: Number.MAX_SAFE_INTEGER,
  id: sampleId,
};
