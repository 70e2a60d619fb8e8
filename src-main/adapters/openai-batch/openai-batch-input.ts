/** A job's model calls as lines of an input file of OpenAI's Batch API ("The request input object" of its reference). */
import { AppError } from '#shared/app-error.ts';
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import type { Items } from '#shared/job/jobdeck-metadata.ts';
import type { LlmTask } from '#shared/job/tasks.ts';
import { expandTask, type TemplateScope } from '#shared/job/template/index.ts';
import type { ItemSource } from '../../core/ports.ts';

export interface BatchInputLine {
  custom_id: string;
  method: 'POST';
  url: string;
  body: Record<string, unknown>;
}

/** A line, or why an item has none. */
export type BatchInput = BatchInputLine | { index: number; problem: string };

/**
 * The calls of a job, in the order of its items; of a job without items it is one. Requests are without `stream`: that API
 * gives whole answers.
 * @throws AppError `invalid-document` for a job that calls no model, or that repeats the items of another; what `items` throws
 */
export async function* openAiBatchInput(job: BatchJob, items: ItemSource): AsyncGenerator<BatchInput> {
  const { task, items: given } = jobdeckOf(job) ?? {};
  if (task?.kind !== 'llm') {
    const got = task === undefined ? 'no task' : `a task of kind "${task.kind}"`;
    throw new AppError('invalid-document', `Expected a job that calls a model, got ${got}.`);
  }
  if (given === undefined) {
    yield lineOf(task, null, job.id);
    return;
  }
  if ('failed_of' in given) {
    const message = `Expected items that can be read, got those that failed of ${given.failed_of}: convert that job.`;
    throw new AppError('invalid-document', message);
  }
  for await (const { index, value } of itemsOf(items, given)) {
    yield lineOf(task, { index, value }, customIdOf(value) ?? `${job.id}-item-${index}`);
  }
}

async function* itemsOf(source: ItemSource, items: Items): AsyncGenerator<{ index: number; value: unknown }> {
  let index = 0;
  for await (const page of source.read(items)) {
    for (const { item } of page) yield { index: index++, value: item };
  }
}

function lineOf(task: LlmTask, item: TemplateScope['item'], customId: string): BatchInput {
  const index = item?.index ?? 0;
  // A secret would be written to a file: there is none here.
  const expansion = expandTask(task, { item, secret: () => null, shell: 'posix' });
  if ('error' in expansion) return { index, problem: expansion.error.message };
  const { request, endpoint } = expansion.task as LlmTask;
  if (typeof request === 'string') {
    return { index, problem: `Expected a request that is an object, got ${JSON.stringify(request)}.` };
  }
  const { stream: _, ...body } = request;
  if (typeof body.model !== 'string') {
    return {
      index,
      problem: 'Expected a request that names its model, got one that leaves it to a profile.',
    };
  }
  return { custom_id: customId, method: 'POST', url: `/v1/${endpoint}`, body };
}

function customIdOf(item: unknown): string | null {
  const id = typeof item === 'object' && item !== null && 'custom_id' in item ? item.custom_id : undefined;
  return typeof id === 'string' && id !== '' ? id : null;
}
