/** `callbacks resend`: sends again, and says how it went. */
import { setTimeout as delay } from 'node:timers/promises';
import { type Delivery, type DeliveryId, type DeliveryState, isOpen } from '#shared/callback/delivery.ts';
import type { CallbackSend } from '#shared/contract/callbacks.ts';
import { MAX_PAGE } from '#shared/contract/limits.ts';
import { hasOwner } from '../../adapters/control/data-owner.ts';
import type { DataReader } from '../../adapters/control/data-reader.ts';
import { type CliContext, EXIT } from '../cli-types.ts';
import { ask } from '../data/ask.ts';
import { readingData } from '../data/data-directory.ts';
import { findDelivery } from '../data/find-delivery.ts';
import { findJob } from '../data/find-job.ts';
import { writeOut } from '../lines.ts';
import { type CallbackSecretOptions, callbackSecretOf } from '../run/callback-options.ts';
import { attemptWords, nextWords } from './callback-words.ts';
import { allPages } from './list-callbacks.ts';

export interface ResendCallbacks extends CallbackSecretOptions {
  data: string;
  /** Beginnings of ids, of callbacks or of jobs. */
  ids: string[];
  /** All that were given up. */
  failed: boolean;
  /** Where they go instead. */
  url: string | null;
}

/** One attempt takes 15 s at most, and its host may be busy with others. */
const PATIENCE_MS = 30_000;
const LOOK_EVERY_MS = 100;

export function resendCallbacks(options: ResendCallbacks, context: CliContext): Promise<number> {
  const { io } = context;
  const secret = callbackSecretOf(options, new Map(), io.cwd);
  const opening = secret === null ? {} : { givenCallbackSecret: secret };
  return readingData(options.data, io, async (reader, directory) => {
    const sends = sendsOf(options, reader);
    if (sends.length === 0) io.stderr.write('No callback was given up.\n');
    if (secret !== null && hasOwner(directory)) io.stderr.write(SIGNED_BY_OWNER);
    let notDelivered = 0;
    let isDue = false;
    for (let at = 0; at < sends.length; at += MAX_PAGE) {
      const request = { kind: 'callback-send', sends: sends.slice(at, at + MAX_PAGE) } as const;
      const { done, refused } = await ask(directory, request, context, {
        afterwards: (report) => untilTried(reader, report.done as DeliveryId[]),
        opening,
      });
      for (const { error } of refused) io.stderr.write(`${error.message}\n`);
      notDelivered += refused.length;
      for (const id of done as DeliveryId[]) {
        const state = await tell(reader, id, context);
        if (state !== 'delivered') notDelivered++;
        isDue ||= state === 'due';
      }
    }
    if (isDue && !hasOwner(directory)) {
      io.stderr.write(`"resume --wait-callbacks --data ${options.data}" goes on with what is due.\n`);
    }
    return notDelivered === 0 ? EXIT.ok : EXIT.some;
  });
}

function sendsOf({ ids, failed, url }: ResendCallbacks, reader: DataReader): CallbackSend[] {
  // The runner reads the same journal: it needs no record to be given.
  const again = ({ id, jobId }: Delivery): CallbackSend => ({ jobId, deliveryId: id, url, job: null });
  if (failed) return [...allPages(reader, 'abandoned')].flatMap((page) => page.map(again));
  return ids.map((text) => {
    if (!/^(?:job|run)-/u.test(text)) return again(findDelivery(reader.deliveries, text));
    const job = findJob(reader, text);
    const newest = reader.deliveries.ofJob(job.id).findLast(({ type }) => type !== 'batch.items');
    // One that was never made is made of the job's end.
    return newest === undefined ? { jobId: job.id, deliveryId: null, url, job: null } : again(newest);
  });
}

/** Until each had an attempt, or none had one for long. */
async function untilTried({ deliveries }: DataReader, ids: readonly DeliveryId[]): Promise<void> {
  let left = ids;
  for (let patientMs = performance.now() + PATIENCE_MS; left.length > 0; await delay(LOOK_EVERY_MS)) {
    const still = left.filter((id) => isUntried(deliveries.find(id)));
    if (still.length < left.length) patientMs = performance.now() + PATIENCE_MS;
    left = still;
    if (performance.now() > patientMs) return;
  }
}

/** Sent again by hand, it begins its schedule anew. */
function isUntried(delivery: Delivery | undefined): boolean {
  return delivery?.state === 'due' && delivery.step === 0;
}

/** Gives the state that it is in. */
async function tell(
  { deliveries }: DataReader,
  id: DeliveryId,
  { io }: CliContext,
): Promise<DeliveryState | undefined> {
  const delivery = deliveries.find(id);
  const attempt = delivery?.attempts.at(-1);
  if (delivery?.state === 'delivered' && attempt !== undefined) {
    await writeOut(io.stdout, `${id} delivered: ${attemptWords(attempt)}\n`);
    return delivery.state;
  }
  const why = isUntried(delivery) || attempt === undefined ? 'it was not tried yet.' : attemptWords(attempt);
  const next = delivery !== undefined && isOpen(delivery) ? ` ${nextWords(delivery)}` : '';
  io.stderr.write(`${id} not delivered: ${why}${next}\n`);
  return delivery?.state;
}

const SIGNED_BY_OWNER =
  'The process that has the directory open sends them: it signs with the secret that it was given itself.\n';
