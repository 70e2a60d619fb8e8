import { assertNever } from '#shared/app-error.ts';
import { DELIVERY_STATES, type DeliveryId, type DeliveryState } from '#shared/callback/delivery.ts';
import { callbackUrlOf, DATA_OPTION, dataOf, nothingMore, readArguments, usageError } from '../arguments.ts';
import { type ListCallbacks, listCallbacks } from '../callbacks/list-callbacks.ts';
import { type ResendCallbacks, resendCallbacks } from '../callbacks/resend-callbacks.ts';
import { type ShowCallback, showCallback } from '../callbacks/show-callback.ts';
import type { CliContext } from '../cli-types.ts';
import { command } from '../command.ts';
import { ask } from '../data/ask.ts';
import { readingData } from '../data/data-directory.ts';
import { findDelivery } from '../data/find-delivery.ts';
import { tellReport } from '../data/report.ts';
import { CALLBACK_SECRET_OPTIONS, callbackSecretOptionsOf } from '../run/callback-options.ts';

type CallbacksCommand =
  | ({ what: 'list' } & ListCallbacks)
  | ({ what: 'resend' } & ResendCallbacks)
  | ({ what: 'show' } & ShowCallback)
  | { what: 'stop'; data: string; ids: string[] };

const OPTIONS = {
  ...DATA_OPTION,
  state: { type: 'string' },
  job: { type: 'string' },
  json: { type: 'boolean' },
  failed: { type: 'boolean' },
  url: { type: 'string' },
  ...CALLBACK_SECRET_OPTIONS,
} as const;

/** Which options go with what, beside `--data`. */
const OPTIONS_OF = {
  list: ['state', 'job', 'json'],
  resend: ['failed', 'url', 'callback-secret', 'callback-secret-file'],
  stop: [],
  show: ['json'],
} as const satisfies Record<CallbacksCommand['what'], readonly (keyof typeof OPTIONS)[]>;

export const callbacks = command<CallbacksCommand>({
  name: 'callbacks',
  summary: 'List callbacks, look at one, send again, stop.',
  help: `Usage: jobdeck callbacks --data DIR [--state STATE] [--job ID] [--json]
       jobdeck callbacks show ID --data DIR [--json]
       jobdeck callbacks resend ID... --data DIR [--url URL] [--callback-secret-file FILE]
       jobdeck callbacks resend --failed --data DIR ...
       jobdeck callbacks stop ID... --data DIR

Lists the callbacks of the jobs of DIR, newest first; shows all attempts of one, and its body; sends some
again, and prints how that went; gives some up. It works while another process runs the jobs of DIR.
Where none does, "resend" opens DIR, starts no job, and sends what else is due there meanwhile.

  --state STATE  those in this state alone: ${DELIVERY_STATES.join(', ')}
  --job ID       those of one job
  --json         one JSON object a line
  --failed       all that were given up after their last attempt (abandoned)
  --url URL      send them to URL instead, as callbacks of their own
  --callback-secret-file FILE, --callback-secret S
                 sign them as run does, where no other process has DIR open

ID may be the beginning of an id, such as msg_0192. "resend" takes jobs as well: of a job its newest
callback is sent again, or a first one made.

Exit code 0; 1: of "resend", some were not delivered at this attempt; of "stop", some were over before;
2: bad usage, or DIR or ID is none.
`,
  parse(args) {
    const { values, positionals } = readArguments('callbacks', args, OPTIONS);
    const [first = 'list', ...ids] = positionals;
    const what = whatOf(first);
    const data = dataOf('callbacks', values.data);
    const allowed: readonly string[] = ['data', ...OPTIONS_OF[what]];
    const [odd] = Object.keys(values).filter((option) => !allowed.includes(option));
    if (odd !== undefined) throw usageError(`callbacks: Expected no --${odd} with ${what}.`);
    const json = values.json === true;
    switch (what) {
      case 'list':
        nothingMore('callbacks', ids);
        return { what, data, state: stateOf(values.state), job: values.job ?? null, json };
      case 'resend': {
        const failed = values.failed === true;
        if (failed) nothingMore('callbacks resend --failed', ids);
        else someIds(what, ids);
        const url = callbackUrlOf('url', values.url);
        return { what, data, ids, failed, url, ...callbackSecretOptionsOf(values) };
      }
      case 'stop':
        someIds(what, ids);
        return { what, data, ids };
      case 'show': {
        const [id = '', ...rest] = someIds(what, ids);
        nothingMore('callbacks show', rest);
        return { what, data, id, json };
      }
      default:
        return assertNever(what);
    }
  },
  run(options, context) {
    switch (options.what) {
      case 'list':
        return listCallbacks(options, context);
      case 'resend':
        return resendCallbacks(options, context);
      case 'stop':
        return stopCallbacks(options, context);
      case 'show':
        return showCallback(options, context);
      default:
        return assertNever(options);
    }
  },
});

function stopCallbacks({ data, ids }: { data: string; ids: string[] }, context: CliContext): Promise<number> {
  return readingData(data, context.io, async ({ deliveries }, directory) => {
    const found: DeliveryId[] = ids.map((id) => findDelivery(deliveries, id).id);
    return tellReport(
      await ask(directory, { kind: 'callback-stop', ids: found }, context),
      context.io,
      'stopped',
    );
  });
}

function whatOf(text: string): CallbacksCommand['what'] {
  const known = Object.keys(OPTIONS_OF) as CallbacksCommand['what'][];
  const what = known.find((each) => each === text);
  if (what !== undefined) return what;
  throw usageError(
    `callbacks: Expected one of ${known.join(', ')}, got ${JSON.stringify(text)}: before an ID comes what to do with it.`,
  );
}

function stateOf(value: string | undefined): DeliveryState | null {
  if (value === undefined) return null;
  const state = DELIVERY_STATES.find((each) => each === value);
  if (state !== undefined) return state;
  throw usageError(
    `callbacks: Expected one of ${DELIVERY_STATES.join(', ')} after --state, got ${JSON.stringify(value)}.`,
  );
}

function someIds(what: string, ids: string[]): string[] {
  if (ids.length > 0) return ids;
  const or = what === 'resend' ? ', or --failed' : '';
  throw usageError(`callbacks ${what}: Expected the ID of a callback, or its beginning${or}.`);
}
