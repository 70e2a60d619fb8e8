/** What is due again before its turn is over is not forgotten. */
import { expect, it } from 'vitest';
import { answeredWith } from '../../../fakes/fake-callback-sender.ts';
import { answerOpen, deliveryOf, endJob, endJobs, pass, startCallbackBench } from './support.ts';

it('is sent again at once where its schedule has no wait', async () => {
  const bench = await startCallbackBench({ callbackSettings: { callbackScheduleMs: [0, 0, 0] } });
  const { id } = await endJob(bench);
  for (let attempt = 0; attempt < 3; attempt += 1) await answerOpen(bench, answeredWith(500));
  expect(deliveryOf(bench, id)).toMatchObject({ state: 'abandoned', attemptCount: 3 });
});

it('is sent again where what came of it took longer to write than its wait', async () => {
  const bench = await startCallbackBench({ callbackSettings: { callbackScheduleMs: [0, 1000, 1000] } });
  const { id } = await endJob(bench);
  bench.journal.hold();
  await answerOpen(bench, answeredWith(500));
  await pass(bench, 5000);
  bench.journal.release();
  await pass(bench, 0);
  await answerOpen(bench, answeredWith(200));
  expect(deliveryOf(bench, id)).toMatchObject({ state: 'delivered', attemptCount: 2 });
});

it('is sent again where another of its host was looked for in between', async () => {
  const bench = await startCallbackBench({ callbackSettings: { callbackScheduleMs: [0, 1000, 1000] } });
  const jobs = await endJobs(bench, 5);
  for (let round = 0; round < 20; round += 1) {
    await answerOpen(bench, answeredWith(round < 8 ? 500 : 200));
    await pass(bench, 400);
  }
  for (const { id } of jobs) expect(deliveryOf(bench, id).state).not.toBe('due');
});
