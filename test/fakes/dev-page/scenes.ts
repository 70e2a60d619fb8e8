/** What the window shows when one looks at it: records that look lived in, and jobs in the middle of their work. */
import type { AgentId, ModelProfile } from '#shared/contract/profiles.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobError } from '#shared/job/error-codes.ts';
import type { JobdeckRequest } from '#shared/job/jobdeck-metadata.ts';
import { newJob } from '#shared/job/new-job.ts';
import { type JobCommand, recordCallback, transition } from '#shared/job/transition.ts';
import { saveJobs } from '../../../src-renderer/db/commands.ts';
import { openDatabase } from '../../../src-renderer/db/database.ts';
import type { FakeJobdeck } from '../fake-jobdeck-api.ts';
import { SAMPLE_PROFILE_ID } from '../sample-jobs.ts';
import { prepareBackupScene } from './backup-scene.ts';
import { prepareCallbackScene } from './callback-scene.ts';
import { prepareImport, prepareMillion } from './import-scene.ts';
import { startRunnerScene } from './runner-scene.ts';

const MINUTE = 60_000;
const by = SAMPLE_PROFILE_ID;

export async function prepareScene(scene: string, fake: FakeJobdeck): Promise<void> {
  const db = openDatabase();
  await db.delete();
  await db.open();
  if (scene === 'history' || scene === 'large') {
    await saveJobs(db, past(scene === 'large' ? 3000 : 60));
    startPresent(fake);
  }
  if (scene === 'runner') {
    await saveJobs(db, past(20));
    startRunnerScene(fake);
  }
  if (scene === 'backups') {
    await saveJobs(db, past(60));
    await prepareBackupScene(db, fake);
  }
  if (scene === 'import') await prepareImport(db, fake);
  if (scene === 'import-million') await prepareMillion(db, fake);
  db.close();
  if (scene === 'callbacks') await prepareCallbackScene(fake);
  furnish(fake);
}

/** What a person has saved who uses models and secrets. */
function furnish({ main: { state } }: FakeJobdeck): void {
  for (const name of ['OPENAI_API_KEY', 'SHOP_TOKEN']) state.saveSecret(name);
  for (const profile of PROFILES) state.profiles.set(profile.id, profile);
}

const PROFILES: ModelProfile[] = [
  {
    id: 'agent-0f8fad5b-d9cb-469f-a165-70867728950e' as AgentId,
    name: 'Local Ollama',
    base_url: 'http://127.0.0.1:11434/v1',
    model: 'llama3.2',
    parameters: {},
    secret_name: null,
  },
  {
    id: 'agent-7c9e6679-7425-40de-944b-e07fc1f90ae7' as AgentId,
    name: 'OpenAI',
    base_url: 'https://api.openai.com/v1',
    model: 'gpt-4o-mini',
    parameters: { temperature: 0.2 },
    secret_name: 'OPENAI_API_KEY',
  },
];

const FAST: JobdeckRequest[] = [
  {
    name: 'Checksum photos',
    tags: ['photos'],
    task: {
      kind: 'command',
      shell: 'find . -name "*.jpg" -print0 | sort -z | xargs -0 sha256sum > SHA256SUMS',
      cwd: '/home/ada/photos',
    },
  },
  {
    name: 'Summarise papers',
    tags: ['papers'],
    task: {
      kind: 'script',
      interpreter: 'python3',
      source: 'import sys\nfor name in sys.argv[1:]:\n    print(name)\n',
    },
  },
  {
    name: 'Nightly export of the shop database',
    tags: ['nightly', 'shop'],
    task: {
      kind: 'script',
      interpreter: 'bash',
      source: 'set -euo pipefail\npg_dump shop | zstd -19 > shop.sql.zst\n',
      env: { PGHOST: 'localhost', PGUSER: 'shop' },
    },
  },
  {
    name: 'Convert interviews to Opus',
    tags: ['audio'],
    task: {
      kind: 'command',
      program: 'ffmpeg',
      args: ['-i', 'interview 04.wav', '-b:a', '64k', 'interview-04.opus'],
      cwd: '/home/ada/audio',
    },
  },
  {
    name: 'Thumbnails',
    tags: ['photos'],
    task: { kind: 'command', program: 'vipsthumbnail', args: ['*.jpg', '--size', '320'] },
  },
  { task: { kind: 'command', shell: 'rsync -a --delete ~/notes backup:/notes' } },
  { name: 'Link check of the handbook', task: { kind: 'command', program: 'lychee', args: ['docs/'] } },
];

function past(count: number) {
  return Array.from({ length: count }, (_, index) => {
    const atMs = Date.now() - (6 + index * index * 1.9) * MINUTE;
    const request = FAST[index % FAST.length] ?? {};
    if (index === 2) return { job: made(request, atMs, null), facts: { origin: 'imported' as const } };
    if (index === 4) return { job: made(request, atMs, null), facts: { origin: 'author' as const } };
    const durationMs = 800 + ((index * 7919) % 97) * 4100;
    if (index % 9 === 3)
      return ended(request, atMs, durationMs, {
        code: 'exit-code',
        message: 'The program ended with exit code 3.',
      });
    if (index % 11 === 6)
      return ended(request, atMs, durationMs, {
        code: 'timeout',
        message: 'It ran longer than its timeout of 10 min.',
      });
    if (index % 13 === 8) return ended(request, atMs, durationMs, 'cancel');
    return ended(request, atMs, durationMs, null);
  });
}

function ended(request: JobdeckRequest, atMs: number, durationMs: number, how: JobError | 'cancel' | null) {
  let job = made(request, atMs, 'https://example.org/hooks/done');
  const iso = (offset: number) => new Date(atMs + offset).toISOString();
  const step = (command: JobCommand, offset: number) => {
    job = transition(job, command, iso(offset)).job;
  };
  const end = {
    durationNs: durationMs * 1e6,
    ttftNs: 38_000_000,
    totalDurationNs: durationMs * 1e6,
    result: {
      exit_code: how === null ? 0 : how === 'cancel' ? null : 3,
      signal: how === 'cancel' ? 'SIGTERM' : null,
      stdout: 'done\n',
      stderr: '',
      stdout_bytes: 5,
      stderr_bytes: 0,
      truncated: false,
    },
  };
  step({ type: 'submit', by }, 40);
  step({ type: 'start', by, background: false }, 900);
  if (how === null) step({ type: 'complete', by, end }, 900 + durationMs);
  else if (how === 'cancel') step({ type: 'cancel', by, end }, 900 + durationMs);
  else step({ type: 'fail', by, end, error: how }, 900 + durationMs);
  const report = {
    sentAt: iso(1400 + durationMs),
    statusCode: how === null ? 204 : null,
    error: how === null ? null : 'connect ECONNREFUSED 127.0.0.1:8080',
  };
  job = recordCallback(job, report, report.sentAt).job;
  return { job, facts: { origin: 'author' as const, journalId: 'an earlier one', seq: 1 } };
}

function made(request: JobdeckRequest, atMs: number, callbackUrl: string | null): BatchJob {
  const origin = { now: new Date(atMs).toISOString(), uuid: () => crypto.randomUUID(), by };
  return newJob(request, origin, { callbackUrl });
}

function startPresent(fake: FakeJobdeck): void {
  const jobs = [
    made(
      {
        name: 'Transcode the lecture series',
        tags: ['video'],
        timeout_ms: 7_200_000,
        task: {
          kind: 'command',
          program: 'ffmpeg',
          args: ['-i', 'lecture-01.mov', '-c:v', 'libsvtav1', '-crf', '32', 'lecture-01.mkv'],
          cwd: '/home/ada/video',
          env: { SVT_LOG: '2' },
        },
      },
      Date.now() - 95_000,
      'https://example.org/hooks/done',
    ),
    made(
      {
        name: 'Rebuild the search index',
        task: { kind: 'script', interpreter: 'python3', source: 'print("indexing")' },
      },
      Date.now() - 60_000,
      null,
    ),
    made(
      {
        name: 'Compress old logs',
        tags: ['nightly'],
        task: { kind: 'command', shell: 'zstd -19 --rm /var/log/app/*.log' },
      },
      Date.now() - 30_000,
      null,
    ),
  ];
  fake.main.submit({ jobs, consent: 'author' });
  const [first] = jobs;
  if (first === undefined) return;
  fake.main.print(first.id, lines());
  fake.main.print(first.id, '\u001b[33mSvt[warn]:\u001b[0m lookahead shortened\n', 'stderr');
  let frame = 4100;
  setInterval(() => {
    frame += 37;
    fake.main.print(
      first.id,
      `\u001b[2mframe=\u001b[0m\u001b[1m${frame}\u001b[0m fps=\u001b[36m37\u001b[0m size=\u001b[32m${Math.round(frame * 1.7)} kB\u001b[0m time=00:02:${String(frame % 60).padStart(2, '0')} speed=1.23x\n`,
    );
  }, 400);
}

function lines(): string {
  const head = [
    '\u001b[1mffmpeg version 7.1\u001b[0m Copyright (c) 2000-2026 the FFmpeg developers',
    '  configuration: --enable-libsvtav1 --enable-libopus',
    "Input #0, mov, from '\u001b[4mlecture-01.mov\u001b[0m':",
    '  Duration: \u001b[36m01:32:07.24\u001b[0m, start: 0.000000, bitrate: 24120 kb/s',
    '  Stream #0:0: Video: \u001b[35mprores\u001b[0m (apcn), yuv422p10le, 1920x1080, 25 fps',
    '  Stream #0:1: Audio: \u001b[35mpcm_s24le\u001b[0m, 48000 Hz, stereo',
    '\u001b[33mwarning:\u001b[0m deprecated pixel format used, make sure you did set range correctly',
    '\u001b[31merror:\u001b[0m \u001b[1mconcealing 312 DC errors in P frame\u001b[0m',
    'progress 10 %\rprogress 60 %\rprogress 100 %',
    'Übergang, 日本語, emoji 🎞️ and a \u001b[38;2;255;136;0mtrue colour\u001b[0m and \u001b[38;5;141m256 colours\u001b[0m and \u001b[7mreversed\u001b[0m',
  ];
  const frames = Array.from(
    { length: 400 },
    (_, index) =>
      `\u001b[2mframe=\u001b[0m\u001b[1m${String(index * 10).padStart(5)}\u001b[0m fps=\u001b[36m37\u001b[0m q=30.0 size=\u001b[32m${index * 17} kB\u001b[0m time=00:00:${String(index % 60).padStart(2, '0')} bitrate=2512.0kbits/s speed=1.23x`,
  );
  return `${[...head, ...frames].join('\n')}\n`;
}
