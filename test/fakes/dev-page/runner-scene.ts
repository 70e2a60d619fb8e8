/** A runner with everything in it: batches, queues, profiles, secrets, and jobs that wait for all sorts of things. */
import type { AgentId } from '#shared/contract/profiles.ts';
import type { BatchJob, JobType } from '#shared/job/batch-job.ts';
import type { ItemRecord, ItemStatus } from '#shared/job/items.ts';
import type { JobdeckRequest } from '#shared/job/jobdeck-metadata.ts';
import { newJob } from '#shared/job/new-job.ts';
import type { FakeJobdeck } from '../fake-jobdeck-api.ts';
import { SAMPLE_PROFILE_ID } from '../sample-jobs.ts';

const RUNNING_FROM = 1240;

export function startRunnerScene(fake: FakeJobdeck): void {
  const { main } = fake;
  main.slots = 4;
  const photos = made({
    name: 'Checksum photos',
    tags: ['photos'],
    task: { kind: 'command', program: 'sha256sum', args: ['{{item.path}}'], cwd: '/photos' },
    items: { file: 'photos.jsonl', format: 'jsonl' },
    concurrency: 4,
  });
  const papers = made(
    {
      name: 'Summarise papers',
      queue: 'models',
      task: {
        kind: 'llm',
        endpoint: 'chat/completions',
        request: { messages: [{ role: 'user', content: 'Summarise: {{item.text}}' }] },
      },
      items: { file: 'papers.csv', format: 'csv' },
      rate_limit: { count: 30, per: 'minute' },
    },
    'batch',
  );
  const nightly = made(
    {
      name: 'Nightly export',
      tags: ['nightly'],
      not_before: new Date(Date.now() + 9 * 3_600_000).toISOString(),
      schedule: { cron: '0 1 * * *', time_zone: 'Europe/Berlin' },
      task: { kind: 'script', interpreter: 'bash', source: 'pg_dump shop | zstd > shop.sql.zst' },
    },
    'job',
  );
  const upload = made(
    {
      name: 'Upload the checksums',
      after: [photos.id],
      task: { kind: 'command', shell: 'rclone copy . r:' },
    },
    'job',
  );
  main.changeQueues((state) => {
    state.saveQueue({ name: 'models', slots: 1, mode: 'open' });
    state.saveQueue({ name: 'uploads', slots: 2, mode: 'paused' });
    state.items.set(photos.id, photoItems(2000));
    state.items.set(papers.id, photoItems(40));
    state.profiles.set('ollama', profile('Ollama here', 'http://127.0.0.1:11434/v1', 'llama3.2', null));
    state.profiles.set(
      'openai',
      profile('OpenAI', 'https://api.openai.com/v1', 'gpt-4o-mini', 'OPENAI_API_KEY'),
    );
    state.secrets.names.push('OPENAI_API_KEY', 'WEBHOOK_TOKEN');
  });
  main.submit({ jobs: [photos, papers], consent: 'author' });
  main.slots = 2;
  main.submit({ jobs: [nightly, upload], consent: 'author' });
  const waits = { id: nightly.id, waitsFor: 'not-before', waitsUntil: null } as const;
  main.state.waiting.set(nightly.id, {
    ...waits,
    waitsUntil: new Date(Date.now() + 9 * 3_600_000).toISOString(),
  });
  main.state.waiting.set(upload.id, { id: upload.id, waitsFor: 'dependency', waitsUntil: null });
}

function made(request: JobdeckRequest, jobType: JobType = 'batch'): BatchJob {
  const origin = { now: new Date(Date.now() - 60_000).toISOString(), uuid: () => crypto.randomUUID() };
  return newJob(request, { ...origin, by: SAMPLE_PROFILE_ID }, { jobType });
}

function profile(name: string, baseUrl: string, model: string, secretName: string | null) {
  const id = `agent-${crypto.randomUUID()}` as AgentId;
  return { id, name, base_url: baseUrl, model, parameters: {}, secret_name: secretName };
}

function photoItems(count: number): ItemRecord[] {
  return Array.from({ length: count }, (_, index) => {
    const status = statusAt(index, count);
    const isOver = status === 'completed' || status === 'failed';
    const path = `2026/11/IMG_${String(4100 + index)}.jpg`;
    return {
      index,
      item: { path, size: 2_400_000 + ((index * 7919) % 900_000) },
      status,
      attempts: status === 'pending' ? 0 : status === 'failed' ? 3 : 1,
      duration_ns: isOver ? (180 + ((index * 31) % 140)) * 1e6 : null,
      ttft_ns: isOver ? 150e6 : null,
      result: isOver
        ? {
            exit_code: status === 'failed' ? 1 : 0,
            stdout: status === 'failed' ? '' : `9f86d081884c7d65${index.toString(16)}  ${path}\n`,
            stderr: status === 'failed' ? `sha256sum: ${path}: Input/output error\n` : '',
            stdout_bytes: 90,
            stderr_bytes: 0,
            truncated: false,
          }
        : null,
      error:
        status === 'failed' ? { code: 'exit-code', message: 'The program ended with exit code 1.' } : null,
    };
  });
}

function statusAt(index: number, count: number): ItemStatus {
  const from = Math.min(RUNNING_FROM, Math.floor(count * 0.6));
  if (index >= from + 4) return 'pending';
  if (index >= from) return 'running';
  return index % 97 === 5 ? 'failed' : 'completed';
}
