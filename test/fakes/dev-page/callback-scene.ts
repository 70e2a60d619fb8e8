/** Callbacks in every state: delivered, tried again, held, given up, stopped, and many of a batch's items. */
import type { Delivery } from '#shared/callback/delivery.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobdeckRequest } from '#shared/job/jobdeck-metadata.ts';
import { newJob } from '#shared/job/new-job.ts';
import { transition } from '#shared/job/transition.ts';
import { applyRecords } from '../../../src-renderer/db/apply-records.ts';
import { openDatabase } from '../../../src-renderer/db/database.ts';
import { attempted, dueDelivery } from '../fake-deliveries.ts';
import type { FakeJobdeck } from '../fake-jobdeck-api.ts';
import { endOf, exitError, SAMPLE_PROFILE_ID } from '../sample-jobs.ts';

const MINUTE = 60_000;
const by = SAMPLE_PROFILE_ID;

interface Told {
  job: BatchJob;
  deliveries: Delivery[];
}

export async function prepareCallbackScene(fake: FakeJobdeck): Promise<void> {
  const told = [...past(), ...recent()];
  const records = told.map((each, index) => ({ ...each, seq: index + 1 }));
  const db = openDatabase();
  await applyRecords(db, { journalId: 'an earlier one', head: records.length }, records, null);
  db.close();
  for (const { deliveries } of told) for (const each of deliveries) fake.main.callbacks.keep(each);
  furnishCallbacks(fake);
}

function furnishCallbacks(fake: FakeJobdeck): void {
  const { callbacks } = fake.main;
  callbacks.saveKey('hooks.example.org', 'hmac', null);
  const { key } = callbacks.saveKey('https://api.example.com/jobdeck', 'ed25519', null);
  callbacks.rotateKey(key.id, null);
  for (const [index, verdict] of (['valid', 'invalid', 'unsigned', 'valid'] as const).entries()) {
    const { headers, body } = callbacks.preview(callbacks.deliveries.keys().next().value as never);
    callbacks.arrive({
      at: ago((4 - index) * 1.4),
      method: 'POST',
      path: '/done',
      headers,
      body,
      isCut: false,
      webhookId: headers['webhook-id'] ?? null,
      verdict,
      problem:
        verdict === 'valid'
          ? null
          : verdict === 'unsigned'
            ? 'It is not signed: it has no webhook-signature.'
            : 'No signature matches: it was made with another secret, or the message was changed on its way.',
      isRepeat: index > 0,
    });
  }
}

function recent(): Told[] {
  const url = 'https://hooks.example.org/jobdeck/done';
  const waiting = made({ name: 'Checksum photos', task: shell('sha256sum *.jpg') }, 3, url);
  const given = made(
    { name: 'Nightly export of the shop database', task: shell('pg_dump shop') },
    200,
    url,
    3,
  );
  const local = made(
    { name: 'Convert interviews to Opus', task: shell('ffmpeg') },
    22,
    'http://192.168.1.20:8080/jobs',
  );
  const gone = made(
    { name: 'Link check of the handbook', task: shell('lychee docs/') },
    48,
    'https://old.example.net/hook',
  );
  const refused = {
    statusCode: 503,
    error:
      'The receiver answered 503 Service Unavailable, which is no success, and asked to be left alone for 5 min.',
    answer: '{"error": {"code": "overloaded", "message": "Try again later.", "retry_after_s": 300}}',
    isSigned: true,
    address: '203.0.113.7',
    durationMs: 231,
  };
  const unreachable = {
    error: 'hooks.example.org refused the connection: nothing listens at port 443.',
    address: null,
    durationMs: 38,
    isSigned: true,
  };
  const due = [0, 1].reduce(
    (delivery, index) =>
      attempted(
        delivery,
        { startedAt: ago(2.6 - index * 0.2), ...(index === 0 ? unreachable : refused) },
        new Date(Date.now() + 4.6 * MINUTE).toISOString(),
      ),
    dueDelivery(waiting, url, ago(2.7)),
  );
  const abandoned = Array.from({ length: 10 }).reduce<Delivery>(
    (delivery, _, index) =>
      attempted(
        delivery,
        { startedAt: ago(190 - index * 18), ...(index % 3 === 2 ? refused : unreachable) },
        index === 9 ? null : ago(190 - (index + 1) * 18),
      ),
    dueDelivery(given, url, ago(191)),
  );
  return [
    { job: waiting, deliveries: [due] },
    {
      job: given,
      deliveries: [
        {
          ...abandoned,
          reason:
            'None of 10 attempts of its schedule delivered it: send it again once the receiver answers.',
        },
      ],
    },
    {
      job: local,
      deliveries: [
        {
          ...dueDelivery(local, 'http://192.168.1.20:8080/jobs', ago(21)),
          state: 'held',
          nextAttemptAt: null,
          reason:
            'http://192.168.1.20:8080 is on this machine or in its network at 192.168.1.20, and callbacks were not allowed to go there: allow it, or stop this one.',
        },
      ],
    },
    {
      job: gone,
      deliveries: [
        {
          ...attempted(
            dueDelivery(gone, 'https://old.example.net/hook', ago(47)),
            {
              startedAt: ago(46),
              statusCode: 410,
              error: 'The receiver answered 410 Gone.',
              answer: 'Gone\n',
            },
            null,
          ),
          state: 'stopped',
          reason:
            'The receiver answered 410: it wants no more messages at this URL. Send this one again to try it all the same.',
        },
      ],
    },
  ];
}

/** Delivered ones, and a batch that told of its items. */
function past(): Told[] {
  const names = ['Thumbnails', 'Summarise papers', 'Transcode the lecture series', 'Compress old logs'];
  const told = Array.from({ length: 300 }, (_, index): Told => {
    const url = `https://${index % 5 === 0 ? 'api.example.com/jobdeck' : 'hooks.example.org/jobdeck/done'}`;
    const minutes = 60 + index * 37;
    const job = made({ name: names[index % names.length] ?? '', task: shell('true') }, minutes, url);
    const first = dueDelivery(job, url, ago(minutes));
    const failed =
      index % 7 === 0
        ? attempted(first, { startedAt: ago(minutes), error: 'No answer came in 15 s.' }, ago(minutes))
        : first;
    const answer = { statusCode: 204, isSigned: true, address: '203.0.113.7', durationMs: 90 + (index % 60) };
    return { job, deliveries: [attempted(failed, { startedAt: ago(minutes - 0.2), ...answer }, null)] };
  });
  const url = 'https://api.example.com/jobdeck';
  const batch = made({ name: 'Hash each file of the archive', task: shell('sha256sum {{item}}') }, 33, url);
  const items = Array.from({ length: 6 }, (_, index) =>
    attempted(
      dueDelivery(batch, url, ago(40 - index), 'batch.items'),
      { startedAt: ago(40 - index), statusCode: 200, isSigned: true, answer: 'ok' },
      null,
    ),
  );
  return [...told, { job: batch, deliveries: items }];
}

function made(request: JobdeckRequest, minutesAgo: number, url: string, exitCode = 0): BatchJob {
  const now = ago(minutesAgo);
  const origin = { now, uuid: () => crypto.randomUUID(), by };
  const job = newJob(request, origin, { callbackUrl: url });
  const pending = transition(job, { type: 'submit', by }, now).job;
  const running = transition(pending, { type: 'start', by, background: false }, now).job;
  const end = endOf(exitCode, 'done\n');
  return exitCode === 0
    ? transition(running, { type: 'complete', by, end }, now).job
    : transition(running, { type: 'fail', by, end, error: exitError(exitCode) }, now).job;
}

const shell = (line: string) => ({ kind: 'command', shell: line }) as const;
const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE).toISOString();
