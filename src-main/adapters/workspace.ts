/** Opens a data directory and puts the runner together over it. Of both composition roots, it is the common half. */
import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { AppError } from '#shared/app-error.ts';
import { createBatchRunner } from '../core/batch/batch-runner.ts';
import { wantsCallback } from '../core/callbacks/new-delivery.ts';
import { createRunner } from '../core/runner.ts';
import type { Runner } from '../core/runner-types.ts';
import { createDeliveryStore } from './deliveries/delivery-store.ts';
import { createItemSource } from './items/item-source.ts';
import { createItemStore } from './items/item-store.ts';
import { lockDataDirectory } from './journal/data-lock.ts';
import { openDatabase } from './journal/database.ts';
import { createMeta } from './journal/meta.ts';
import { createSqliteJournal } from './journal/sqlite-journal.ts';
import { openCallbacks } from './open-callbacks.ts';
import { openExecutors } from './open-executors.ts';
import { createOutputStore, type OutputStore } from './output/output-store.ts';
import { createProfileStore } from './profiles/profile-store.ts';
import { createQueueStore } from './queues/queue-store.ts';
import { createCron } from './schedule/cron.ts';
import { createSecretStore } from './secrets/secret-store.ts';
import { profileIdOf } from './settings/profile.ts';
import { createSettingsStore } from './settings/settings-store.ts';
import { createDiskSpace } from './system/disk-space.ts';
import { SYSTEM_RANDOM } from './system/system-random.ts';
import { SYSTEM_CLOCK } from './system-clock.ts';
import { isDelivery, isJob, isModelProfile, isSettings } from './validators/index.ts';
import type { OpenWorkspace, Workspace, WorkspaceOptions } from './workspace-types.ts';

/** Opens a data directory; its runner waits for `start`. */
export const openWorkspace: OpenWorkspace = async (options) => {
  const { dataDirectory } = options;
  makeDirectory(dataDirectory);
  const opened: (() => Promise<void> | void)[] = [];
  /** In the reverse order of opening; each, even where one before it failed. */
  const closeAll = async () => {
    const errors: unknown[] = [];
    for (const close of opened.splice(0).reverse()) {
      try {
        await close();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  };
  try {
    opened.push(lockDataDirectory(dataDirectory));
    return assemble(options, opened, closeAll);
  } catch (error) {
    await closeAll();
    throw error;
  }
};

function assemble(
  options: WorkspaceOptions,
  opened: (() => Promise<void> | void)[],
  closeAll: () => Promise<void>,
): Workspace {
  const { dataDirectory, slots, inBackground, startSpawnHelper, version, proxyFor } = options;
  let problem: string | null = null;
  let itemTrouble: string | null = null;
  let closing: Promise<void> | null = null;
  const onProblem = (error: AppError) => {
    problem ??= error.message;
  };
  const database = openDatabase(join(dataDirectory, 'journal.sqlite'));
  opened.push(() => database.close());
  const meta = createMeta(database);
  const profileId = profileIdOf(meta);
  const settings = createSettingsStore(meta, { isSettings, onProblem });
  const secrets = createSecretStore({
    dataDirectory,
    onProblem,
    ...(options.secretCipher && { cipher: options.secretCipher }),
    ...(options.givenSecrets && { given: options.givenSecrets }),
  });
  const profiles = createProfileStore(meta, { isProfile: isModelProfile, onProblem });
  const deliveries = createDeliveryStore(database, { isDelivery, onProblem });
  const journal = createSqliteJournal(database, {
    isJob,
    deliveries,
    onProblem,
    keepsEnded: options.keepsEnded ?? false,
  });
  opened.push(() => journal.close());
  const items = createItemStore(database, { onProblem });
  opened.push(() => items.close());
  const outputs = createOutputStore(dataDirectory);
  const executor = openExecutors({
    ...{ outputs, secrets, profiles, startSpawnHelper, version },
    ...(proxyFor && { proxyFor }),
  });
  opened.push(() => executor.close());
  const callbacks = openCallbacks({ options, deliveries, readSettings: settings.read, onProblem });
  opened.push(() => callbacks.sender.close());
  const slotsOf = (wanted: number | null) => slots ?? wanted ?? availableParallelism();
  const itemSource = createItemSource();
  const cron = createCron();
  const batches = createBatchRunner(
    { items, source: itemSource, executor, clock: SYSTEM_CLOCK, random: SYSTEM_RANDOM },
    {
      concurrency: () => slotsOf(settings.read().slots),
      tellsItems: (job) => settings.read().callbackItems && wantsCallback(job),
      storeTrouble: (message) => {
        itemTrouble = message;
      },
    },
  );
  const runner = createRunner(
    {
      journal,
      clock: SYSTEM_CLOCK,
      executor,
      batches,
      deliveries,
      callbackSender: callbacks.sender,
      queueStore: createQueueStore(database, { onProblem }),
      cron,
      random: SYSTEM_RANDOM,
      diskSpace: createDiskSpace(dataDirectory),
    },
    {
      slots: slotsOf(settings.read().slots),
      profileId,
      inBackground,
      callbackSettings: callbacks.settings,
      adapterProblem: () => itemTrouble ?? problem,
      profileAddress: (id) => profiles.get(id)?.base_url ?? null,
    },
  );
  opened.push(() => runner.stop());

  return {
    dataDirectory,
    profileId,
    runner: withOutputs(runner, outputs),
    items,
    itemSource,
    cron,
    secrets,
    profiles,
    deliveries,
    callbackKeys: callbacks.keys,
    previewCallback: callbacks.preview,
    onItemEnded: batches.onItemEnded,
    findJob: (id) => journal.find(id)?.job,
    readOutput: (request) => outputs.read(request),
    outputPath: (ref) => outputs.path(ref),
    readSettings: () => settings.read(),
    writeSettings(patch) {
      const written = settings.write(patch);
      runner.setSlots(slotsOf(written.slots));
      runner.callbacks.look();
      return written;
    },
    // A second call waits for the first.
    close: () => (closing ??= closeAll()),
  };
}

/** The same runner; what it forgets loses its output files too. */
function withOutputs(runner: Runner, outputs: OutputStore): Runner {
  return {
    ...runner,
    async forget(ids) {
      const refused = await runner.forget(ids);
      for (const id of ids) if (!refused.includes(id)) await outputs.remove(id);
      return refused;
    },
  };
}

function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new AppError('io', `The data directory ${directory} can't be made: ${detail}`, { cause: error });
  }
}
