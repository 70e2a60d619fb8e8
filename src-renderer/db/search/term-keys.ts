/** The keys of the search: what each takes and what it means. */
import {
  JOB_STATUSES,
  JOB_TYPES,
  type JobStatus,
  type JobType,
  jobdeckOf,
  STOP_REASONS,
} from '#shared/job/batch-job.ts';
import { TASK_KINDS } from '#shared/job/tasks.ts';
import { BLANK, type JobRow } from '../job-row.ts';
import {
  CALLBACK_STATES,
  type CallbackState,
  callbackStateOf,
  HAS_FACTS,
  has,
  isRareFact,
  OBVIOUS_STOPS,
} from '../search-facts.ts';
import { fact, importFact } from '../search-words.ts';
import { fold } from '../words.ts';
import { durationRangeOf } from './duration-range.ts';
import { nearest } from './nearest.ts';
import { condition, type Reading, type ReadingContext, type Source, UNFINISHED, wrong } from './reading.ts';
import { timeRangeOf } from './time-range.ts';

export interface TermKey {
  /** What it finds, for the completion. */
  hint: string;
  /** What it takes, where that is a closed set; for the others, examples. */
  values: readonly string[];
  /** What the window calls some of the values: taken as well. */
  words: WindowWords<string>;
  isClosed: boolean;
  read(value: string, context: ReadingContext): Reading;
}

/** Words, and which of the values each stands for. */
export type WindowWords<T> = Readonly<Record<string, readonly T[]>>;

/** What is listed by its kind: `record` is what runs nothing. */
const KINDS: Readonly<Record<string, JobRow['kindKey']>> = {
  ...Object.fromEntries(TASK_KINDS.map((kind) => [kind, kind])),
  batch: 'batch',
  record: '',
};

const STATUS_WORDS: WindowWords<JobStatus> = {
  saved: ['created'],
  waiting: ['pending'],
  done: ['completed'],
};

/** Of the log of callbacks, whose states are more than a job's own record tells. */
const CALLBACK_WORDS: WindowWords<CallbackState> = {
  waiting: ['due'],
  held: ['due'],
  'given up': ['failed'],
  stopped: ['failed'],
};

export const TERM_KEYS: Readonly<Record<string, TermKey>> = {
  status: closed(
    'how a job stands',
    JOB_STATUSES,
    (statuses) => condition((row) => statuses.includes(row.status), { by: 'status', statuses }),
    STATUS_WORDS,
  ),
  kind: closed('what a job runs', Object.keys(KINDS), readKinds, { model: ['llm'], request: ['http'] }),
  type: closed('job, run or batch', JOB_TYPES, (types) =>
    condition(
      (row) => types.includes(row.jobType),
      ...anyOf(types.includes('job') ? [] : types.map((type: JobType) => fact('type', type))),
    ),
  ),
  tag: open('a tag', ['photos', '"to do"'], (value, isWhole) => {
    const wanted = fold(value);
    const isIn = (tag: string) => (isWhole ? fold(tag) === wanted : fold(tag).startsWith(wanted));
    return condition((row) => row.tags.some(isIn), entry('tag', value, isWhole));
  }),
  queue: open('the queue a job is in', ['default'], (value, isWhole) => {
    const wanted = fold(value);
    const isIn = (queue: string) => (isWhole ? queue === wanted : queue.startsWith(wanted));
    // The queue that most are in has no entries.
    const sources = isIn('default') ? [] : [entry('queue', value, isWhole)];
    return condition((row) => isIn(fold(jobdeckOf(row.job)?.queue ?? 'default')), ...sources);
  }),
  agent: open('the saved model profile', ['agent-0f8fad5b'], (value) => {
    const wanted = `agent-${fold(value).replace(/^agent-?/u, '')}`;
    return condition((row) => row.job.agent_id !== null && fold(row.job.agent_id).startsWith(wanted), {
      by: 'prefix',
      prefix: fact('agent', wanted),
    });
  }),
  import: open('the import that brought a job', ['3f2a77b1'], (value) => {
    const wanted = fold(value);
    return condition((row) => row.importId?.startsWith(wanted) === true, {
      by: 'prefix',
      prefix: importFact(wanted),
    });
  }),
  stop: closed('why a job stopped', STOP_REASONS, (reasons) =>
    condition(
      (row) => row.job.stop_reason !== null && reasons.includes(row.job.stop_reason),
      ...anyOf(
        reasons.some((reason) => OBVIOUS_STOPS.has(reason))
          ? []
          : reasons.map((reason) => fact('stop', reason)),
      ),
    ),
  ),
  callback: closed(
    'how its callback stands',
    CALLBACK_STATES,
    (states) =>
      condition(
        (row) => states.includes(callbackStateOf(row.job)),
        ...anyOf(states.includes('none') ? [] : states.map((state) => fact('callback', state))),
      ),
    CALLBACK_WORDS,
  ),
  has: closed('what a job has', HAS_FACTS, (facts) =>
    condition(
      (row) => facts.some((what) => has(row.job, what)),
      ...anyOf(facts.every(isRareFact) ? facts.map((what) => fact('has', what)) : []),
    ),
  ),
  created: time('when a job was made', 'created', (row) => row.createdAtMs),
  completed: time('when a job ended', 'ended', (row) => row.endedAtMs),
  duration: {
    hint: 'how long a job ran',
    values: ['>5m', '<10s', '1m..1h'],
    words: {},
    isClosed: false,
    read: readDuration,
  },
};

/** Other names that one may try first. */
export const KEY_ALIASES: Readonly<Record<string, string>> = {
  ended: 'completed',
  is: 'status',
  state: 'status',
  tags: 'tag',
  model: 'agent',
};

function closed<T extends string>(
  hint: string,
  values: readonly T[],
  read: (chosen: readonly T[]) => Reading,
  words: WindowWords<T> = {},
): TermKey {
  const meanings = new Map<string, readonly T[]>([
    ...Object.entries(words),
    ...values.map((value): [string, T[]] => [value, [value]]),
  ]);
  const names = [...meanings.keys()];
  return {
    hint,
    values,
    words,
    isClosed: true,
    read: (value, { isLast, isQuoted }) => {
      const chosen = new Set<T>();
      const parts = fold(value).split(',');
      for (const [index, part] of parts.entries()) {
        if (part === '' && isLast && index === parts.length - 1) continue;
        const exact = names.filter((name) => name === part);
        const found = exact.length > 0 || isQuoted ? exact : names.filter((name) => name.startsWith(part));
        if (found.length === 0 || part === '') {
          const near = nearest(part, names);
          return wrong(
            `“${part}” is none of ${listed([...values, ...Object.keys(words)])}.`,
            near === null ? null : parts.with(index, near).join(','),
          );
        }
        for (const each of found.flatMap((name) => meanings.get(name) ?? [])) chosen.add(each);
      }
      return chosen.size === 0 ? UNFINISHED : read([...chosen]);
    },
  };
}

function open(
  hint: string,
  values: readonly string[],
  read: (value: string, isWhole: boolean) => Reading,
): TermKey {
  return { hint, values, words: {}, isClosed: false, read: (value, { isQuoted }) => read(value, isQuoted) };
}

function readKinds(names: readonly string[]): Reading {
  const kinds = names.flatMap((name) => KINDS[name] ?? []);
  const isIn = (row: JobRow) => kinds.includes(row.kindKey) || kinds.includes(row.kind ?? '');
  // What is shown as a batch has a kind of its own, too.
  return condition(isIn, { by: 'kind', kinds: [...new Set<JobRow['kindKey']>([...kinds, 'batch'])] });
}

function time(hint: string, by: 'created' | 'ended', timeOf: (row: JobRow) => number): TermKey {
  return {
    hint,
    values: ['today', '<7d', '>2026-01-31', '2026-01..2026-03'],
    words: {},
    isClosed: false,
    read: (value, { nowMs, isLast }) => {
      const range = timeRangeOf(value, nowMs);
      if (range !== null) {
        const { from, to } = range;
        const isIn = (at: number) => at !== BLANK && at >= from && at <= to;
        return condition((row) => isIn(timeOf(row)), { by, from, to });
      }
      if (isLast && isHalfTyped(value, ['today', 'yesterday'])) return UNFINISHED;
      return wrong(
        `“${value}” is no time. Expected a day, a month or a year (2026-01-31, 2026-01), perhaps after > or <, an age (<7d, >3h), today, or a range (2026-01..2026-03).`,
        nearest(value.toLowerCase(), ['today', 'yesterday']),
      );
    },
  };
}

function readDuration(value: string, { isLast }: ReadingContext): Reading {
  const range = durationRangeOf(value);
  if (range !== null) {
    const { from, to, isOpen } = range;
    const isIn = (ms: number) => ms !== BLANK && (isOpen ? ms > from && ms < to : ms >= from && ms <= to);
    return condition((row) => isIn(row.durationMs), { by: 'duration', from, to });
  }
  if (isLast && isHalfTyped(value, [])) return UNFINISHED;
  const isPlain = durationRangeOf(`>${value}`) !== null;
  return wrong(
    isPlain
      ? `“${value}” is one length. Say whether longer or shorter.`
      : `“${value}” is no length of time. Expected >5m, <10s or 1m..1h, with ms, s, m, h or d.`,
    isPlain ? `>${value}` : durationRangeOf(`${value}s`) !== null ? `${value}s` : null,
  );
}

/** True for what may yet become a value; a day or month that is whole and does not exist will not. */
function isHalfTyped(value: string, words: readonly string[]): boolean {
  if (/(?:^|\D)\d{4}-\d{2}(?:-\d{2})?$/u.test(value)) return false;
  return /^[<>]?=?[\d:t.-]*$/iu.test(value) || words.some((word) => word.startsWith(value.toLowerCase()));
}

function entry(key: string, value: string, isWhole: boolean): Source {
  const word = fact(key, value);
  return isWhole ? { by: 'words', words: [word] } : { by: 'prefix', prefix: word };
}

function anyOf(words: readonly string[]): Source[] {
  return words.length === 0 ? [] : [{ by: 'words', words }];
}

function listed(values: readonly string[]): string {
  return `${values.slice(0, -1).join(', ')} and ${values.at(-1)}`;
}
