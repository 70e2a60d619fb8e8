/** The callbacks of the fake main process: deliveries, keys and a receiver, all moved by hand. */
import { AppError } from '#shared/app-error.ts';
import { callbackBody } from '#shared/callback/callback-body.ts';
import { type Delivery, type DeliveryId, isOpen } from '#shared/callback/delivery.ts';
import {
  type CallbackKey,
  type CallbackKeyKind,
  type CallbackKeyMade,
  type CallbackPreview,
  type CallbackSend,
  type CallbackSendReport,
  RECEIVED_KEPT,
  type ReceivedCallback,
  type ReceiverSettings,
  type ReceiverState,
  ROTATION_MS,
} from '#shared/contract/callbacks.ts';
import type { SecretBackend } from '#shared/contract/profiles.ts';
import { toErrorValue } from '#shared/contract/result.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { dueDelivery } from './fake-deliveries.ts';

/** What holds the jobs and tells of changes. */
interface Host {
  jobOf(id: JobId): BatchJob | undefined;
  record(delivery: Delivery, job?: BatchJob): void;
}

export class FakeCallbacks {
  readonly #host: Host;
  readonly deliveries = new Map<DeliveryId, Delivery>();
  readonly allowed = new Set<string>();
  readonly keys: CallbackKey[] = [];
  backend: SecretBackend = 'keychain';
  receiver: ReceiverState = { url: null, hasSecret: false, answerStatus: 200, received: 0 };
  received: ReceivedCallback[] = [];

  constructor(host: Host) {
    this.#host = host;
  }

  send(sends: readonly CallbackSend[]): CallbackSendReport {
    const report: CallbackSendReport = { sent: [], refused: [] };
    for (const send of sends) {
      try {
        report.sent.push(this.#send(send));
      } catch (error) {
        report.refused.push({ jobId: send.jobId, error: toErrorValue(error) });
      }
    }
    return report;
  }

  stop(ids: readonly DeliveryId[]): { stopped: DeliveryId[] } {
    const open = ids.map((id) => this.find(id)).filter(isOpen);
    for (const delivery of open) {
      const reason = 'It was stopped by hand.';
      this.#host.record({ ...delivery, state: 'stopped', reason, nextAttemptAt: null });
    }
    return { stopped: open.map(({ id }) => id) };
  }

  allow(origin: string): void {
    this.allowed.add(origin);
    for (const delivery of [...this.deliveries.values()]) {
      if (delivery.state !== 'held' || new URL(delivery.url).origin !== origin) continue;
      const nextAttemptAt = new Date().toISOString();
      this.#host.record({ ...delivery, state: 'due', reason: null, nextAttemptAt });
    }
  }

  ofJob(jobId: JobId): Delivery[] {
    return [...this.deliveries.values()].filter((delivery) => delivery.jobId === jobId);
  }

  find(id: DeliveryId): Delivery {
    const delivery = this.deliveries.get(id);
    if (delivery === undefined) throw new AppError('not-found', `There is no delivery ${id}.`);
    return delivery;
  }

  forget(jobId: JobId): void {
    for (const { id } of this.ofJob(jobId)) this.deliveries.delete(id);
  }

  hasOpen(jobId: JobId): boolean {
    return this.ofJob(jobId).some(isOpen);
  }

  keep(delivery: Delivery): Delivery {
    this.deliveries.set(delivery.id, delivery);
    return delivery;
  }

  preview(id: DeliveryId): CallbackPreview {
    const { url, type, createdAt, jobId } = this.find(id);
    const job = this.#host.jobOf(jobId);
    const told = { type, timestamp: createdAt, job_id: jobId };
    return {
      url,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Jobdeck/0.1.0',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(Date.parse(createdAt) / 1000)),
        'webhook-signature': 'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
      },
      body: job === undefined || type === 'batch.items' ? JSON.stringify(told) : callbackBody(job),
    };
  }

  saveKey(scope: string, kind: CallbackKeyKind, secret: string | null): CallbackKeyMade {
    const known = this.keys.findIndex((key) => key.scope === scope && key.kind === kind);
    const key: CallbackKey = {
      id: crypto.randomUUID(),
      scope,
      kind,
      createdAt: new Date().toISOString(),
      previousUntil: null,
      publicKey: kind === 'ed25519' ? 'whpk_K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=' : null,
    };
    if (known === -1) this.keys.push(key);
    else this.keys[known] = key;
    return { key, secret: secret ?? madeSecret(kind) };
  }

  rotateKey(id: string, secret: string | null): CallbackKeyMade {
    const key = this.#key(id);
    key.previousUntil = new Date(Date.now() + ROTATION_MS).toISOString();
    return { key, secret: secret ?? madeSecret(key.kind) };
  }

  removeKey(id: string): void {
    this.keys.splice(this.keys.indexOf(this.#key(id)), 1);
  }

  startReceiver({ port, secret, answerStatus }: ReceiverSettings): ReceiverState {
    const url =
      port === null ? (this.receiver.url ?? 'http://127.0.0.1:43117/') : `http://127.0.0.1:${port}/`;
    this.receiver = { ...this.receiver, url, hasSecret: secret !== null, answerStatus };
    return this.receiver;
  }

  stopReceiver(): ReceiverState {
    this.receiver = { ...this.receiver, url: null };
    return this.receiver;
  }

  arrive(received: Omit<ReceivedCallback, 'number' | 'status'>): void {
    const number = this.receiver.received + 1;
    this.received.unshift({ ...received, number, status: this.receiver.answerStatus });
    this.received.length = Math.min(this.received.length, RECEIVED_KEPT);
    this.receiver = { ...this.receiver, received: number };
  }

  #send({ jobId, job, deliveryId, url }: CallbackSend): DeliveryId {
    const record = this.#host.jobOf(jobId) ?? job;
    if (record === null) throw new AppError('not-found', `The runner has no record of ${jobId}.`);
    const known = deliveryId === null ? null : this.find(deliveryId);
    const to = url ?? known?.url ?? record.callback_url;
    if (to === null) throw new AppError('bad-request', `${jobId} has no callback URL.`);
    const nextAttemptAt = new Date().toISOString();
    const delivery =
      known === null || url !== null
        ? dueDelivery(record, to, nextAttemptAt, known?.type)
        : { ...known, state: 'due' as const, reason: null, step: 0, nextAttemptAt };
    this.#host.record(delivery, record);
    return delivery.id;
  }

  #key(id: string): CallbackKey {
    const key = this.keys.find((each) => each.id === id);
    if (key === undefined) throw new AppError('not-found', 'There is no such key.');
    return key;
  }
}

function madeSecret(kind: CallbackKeyKind): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return `${kind === 'hmac' ? 'whsec_' : 'whsk_'}${btoa(String.fromCharCode(...bytes))}`;
}
