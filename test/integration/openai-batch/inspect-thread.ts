/** A thread that inspects the file that it is given, and says how many requests are in it. */
import { parentPort, workerData } from 'node:worker_threads';
import { inspectOpenAiBatch } from '../../../src-main/adapters/openai-batch/inspect-openai-batch.ts';

const { requests, problems } = await inspectOpenAiBatch(String(workerData));
parentPort?.postMessage({ requests, problems });
