/** The forms that records can be written in. */
import type { DocumentProblem } from '#shared/contract/documents.ts';
import { toErrorValue } from '#shared/contract/result.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { openIdRegister } from '../../adapters/documents/id-register.ts';
import { RECORD_FORMS, type RecordForm, recordText } from '../../adapters/export/record-form.ts';
import { createItemSource } from '../../adapters/items/item-source.ts';
import { openAiBatchInput } from '../../adapters/openai-batch/openai-batch-input.ts';

export const CONVERSIONS = ['array', 'ndjson', 'csv', 'openai-batch'] as const;
export type ConversionName = (typeof CONVERSIONS)[number];

export interface Conversion {
  /** The text of a record, in parts; a problem in place of each part that it can't have in this form. */
  write(job: BatchJob): AsyncIterable<string | DocumentProblem>;
  /** What comes after the last record. */
  end(): string;
  close(): void;
}

export function conversionTo(name: ConversionName): Conversion {
  return name === 'openai-batch' ? modelCalls() : records(RECORD_FORMS[name]);
}

function records(form: RecordForm): Conversion {
  const { next, end } = recordText(form);
  return {
    async *write(job) {
      yield next(job);
    },
    end,
    close: () => {},
  };
}

function modelCalls(): Conversion {
  const items = createItemSource();
  const customIds = openIdRegister();
  return {
    async *write(job) {
      try {
        for await (const call of openAiBatchInput(job, items)) {
          if ('problem' in call) {
            yield { path: `/metadata/jobdeck/items/${call.index}`, message: call.problem };
            continue;
          }
          const first = customIds.firstPlace(call.custom_id, job.id);
          if (first === null) yield `${JSON.stringify(call)}\n`;
          else yield { path: '', message: secondId(call.custom_id, first) };
        }
      } catch (error) {
        yield { path: '', message: toErrorValue(error).message };
      }
    },
    end: () => '',
    close: () => customIds.close(),
  };
}

function secondId(customId: string, first: string): string {
  return `Expected each custom_id once in the file, got ${JSON.stringify(customId)} again (first of ${first}).`;
}
