/** What there is to import when one looks at it: some of everything that can be wrong with a file, or a million documents. */
import type { CheckedDocument, DocumentRepair } from '#shared/contract/documents.ts';
import { ok } from '#shared/contract/result.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { saveJobs } from '../../../src-renderer/db/commands.ts';
import type { JobdeckDatabase } from '../../../src-renderer/db/database.ts';
import type { FakeJobdeck } from '../fake-jobdeck-api.ts';
import { sampleJob, sampleJobIn, sampleUuid } from '../sample-jobs.ts';

const FILE = 'jobs-of-the-old-server.ndjson';
const MILLION = 1_000_000;

/** Some of each kind; a history that has some of it. */
export async function prepareImport(db: JobdeckDatabase, fake: FakeJobdeck): Promise<void> {
  const mine = Array.from({ length: 16 }, (_, index) => sampleJobIn('completed', 100 + index));
  await saveJobs(
    db,
    mine.map((job) => ({ job, facts: { origin: 'author' } })),
  );
  const documents = [
    ...Array.from({ length: 30 }, (_, index) => good(sampleJob(200 + index))),
    ...mine.slice(0, 4).map(good),
    ...mine.slice(4).map((job, index) => good(theirs(job, index))),
    ...REPAIRS.flatMap((repairs, index) => [
      { ...good(sampleJob(300 + index)), valid: false, repairs },
      { ...good(sampleJob(320 + index)), valid: false, repairs },
    ]),
    ...PROBLEMS.map((errors, index) => wrong(errors, index === 2 ? null : `job-${sampleUuid(900 + index)}`)),
  ].sort((one, other) => hash(one) - hash(other));
  choosing(fake, documents.length, (place) => at(documents[place] ?? wrong([], null), place));
}

/** A million documents, a thousandth of them wrong, and as many in conflict with the history. */
export async function prepareMillion(db: JobdeckDatabase, fake: FakeJobdeck): Promise<void> {
  await saveJobs(
    db,
    Array.from({ length: 1000 }, (_, index) => ({
      job: { ...sampleJob(0), id: idAt(index * 1000 + 500), callback_url: 'https://example.org/mine' },
      facts: { origin: 'author' },
    })),
  );
  const template = sampleJob(0);
  choosing(fake, MILLION, (place) => {
    if (place % 1000 === 7) return at(wrong(PROBLEMS[place % 4] ?? [], idAt(place)), place);
    return at(good({ ...template, id: idAt(place) }), place);
  });
}

function choosing(fake: FakeJobdeck, count: number, documentAt: (place: number) => CheckedDocument): void {
  fake.api.chooseImport = async () =>
    ok(fake.imports.openMany([{ name: FILE, sizeBytes: count * 812 }], count, documentAt));
}

function theirs(job: BatchJob, index: number): BatchJob {
  const { jobdeck } = job.metadata ?? {};
  return {
    ...job,
    updated_at: '2026-11-02T09:30:00Z',
    callback_url: index % 2 === 0 ? 'https://old.example.org/hooks/jobs' : null,
    metadata: {
      customer: { name: 'Ada & Sons', regions: ['eu-west', 'eu-north'] },
      prompt: 'Summarise the paper in three sentences. '.repeat(20),
      ...(jobdeck && { jobdeck: { ...jobdeck, name: `${jobdeck.name ?? 'Job'} (old server)`, priority: 5 } }),
    },
  };
}

function good(job: BatchJob): CheckedDocument {
  return { file: FILE, line: 1, index: 0, id: job.id, valid: true, errors: [], repairs: [], job };
}

function wrong(errors: CheckedDocument['errors'], id: string | null): CheckedDocument {
  return { file: FILE, line: 1, index: 0, id, valid: false, errors, repairs: [], job: null };
}

function at(document: CheckedDocument, place: number): CheckedDocument {
  return { ...document, line: place + 1, index: place };
}

function idAt(place: number): BatchJob['id'] {
  return `job-${place.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000` as BatchJob['id'];
}

function hash({ id }: CheckedDocument): number {
  return Number.parseInt((id ?? 'job-77777777').slice(4, 12), 16);
}

const REPAIRS: DocumentRepair[][] = [
  [
    {
      kind: 'unknown-keys',
      path: '/user_id',
      message: 'Moved "user_id", which the schema does not know, to metadata.jobdeck.imported.user_id.',
    },
    {
      kind: 'unknown-keys',
      path: '/conversation_id',
      message:
        'Moved "conversation_id", which the schema does not know, to metadata.jobdeck.imported.conversation_id.',
    },
    {
      kind: 'date-time',
      path: '/created_at',
      message: 'Read "2026-11-01 08:00:00" as "2026-11-01T08:00:00Z", taking it as UTC.',
    },
  ],
  [{ kind: 'callback-none', path: '/callback_url', message: 'Read the callback URL "None" as null.' }],
  [{ kind: 'metadata-name', path: '/metadata_', message: 'Read "metadata_" as "metadata".' }],
  [
    {
      kind: 'status-elsewhere',
      path: '/status',
      message:
        'Changed "running" to "created": it does not run here. The status it had is kept in metadata.jobdeck.imported.status.',
    },
  ],
  [{ kind: 'integer-form', path: '/ttft_ns', message: 'Read 1.5e6 as 1500000.' }],
];

const PROBLEMS: CheckedDocument['errors'][] = [
  [{ path: '/status', message: 'Expected one of the seven statuses, got "runing". Did you mean "running"?' }],
  [
    { path: '/created_at', message: 'Expected a date that exists, got "2026-02-30T00:00:00Z".' },
    { path: '/total_duration_ns', message: 'Expected at most 9007199254740991, got 9007199254740993.' },
    { path: '/metadata/jobdeck/task/kind', message: 'Expected command, script, http or llm, got "shell".' },
  ],
  [{ path: '', message: 'Expected the end of the document, got its line cut off after "status": .' }],
  [{ path: '/id', message: 'Expected job-<uuid> or run-<uuid>, got "42".' }],
];
