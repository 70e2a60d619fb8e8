/** One line for each part of the form that is folded: what is set in it. */
import { formatBytes } from '../../../components/format/bytes.ts';
import { countOf } from '../../../words/count-words.ts';
import { cronWords } from '../../../words/cron.ts';
import { planDuration, planTime } from '../../../words/time-words.ts';
import type { DraftForm } from './draft.ts';
import { whenModeOf } from './when.ts';

export function inputSummary({ env, stdin }: DraftForm): string {
  const variables = Object.keys(env);
  return line('Nothing added', [
    variables.length > 3 ? countOf(variables.length, 'variable') : variables.join(', '),
    stdin !== '' && 'standard input',
  ]);
}

export function answerSummary(form: DraftForm): string {
  return line('', [
    `${form.expectStatus.length === 0 ? '2xx' : form.expectStatus.join(', ')} is success`,
    form.maxRedirects ? `up to ${countOf(form.maxRedirects, 'redirect')}` : 'no redirects',
    form.maxResponseBytes !== null && `at most ${formatBytes(form.maxResponseBytes)}`,
  ]);
}

export function whenSummary(form: DraftForm): string {
  return line('', [whenItRuns(form), form.deadline !== null && `expires ${planTime(form.deadline)}`]);
}

export function queueSummary(form: DraftForm): string {
  return line('', [
    `${form.queue === '' ? 'default' : form.queue} queue`,
    form.priority !== null && form.priority !== 0 && `priority ${form.priority}`,
    form.after.length > 0 && `after ${countOf(form.after.length, 'job')}`,
    form.dedupKey !== '' && `only one of “${form.dedupKey}”`,
  ]);
}

export function failureSummary(form: DraftForm): string {
  const attempts = form.maxAttempts ?? 1;
  return line('', [
    attempts > 1 ? `tried up to ${attempts} times` : 'tried once',
    form.timeoutMs === null ? 'no timeout' : `ended after ${planDuration(form.timeoutMs)}`,
    form.maxOutputBytes !== null && `output cut at ${formatBytes(form.maxOutputBytes)}`,
    form.onInterrupt === 'rerun' && 'runs again after an interruption',
  ]);
}

export function detailsSummary(form: DraftForm): string {
  return line('None', [
    form.tags.length > 0 && form.tags.join(', '),
    form.notes !== '' && 'notes',
    form.callbackUrl !== '' && `posts to ${hostOf(form.callbackUrl)}`,
  ]);
}

function whenItRuns(form: DraftForm): string {
  switch (whenModeOf(form)) {
    case 'now':
      return 'as soon as there is a slot';
    case 'later':
      return `not before ${planTime(form.notBefore ?? '')}`;
    case 'schedule':
      return form.timeZone === '' ? cronWords(form.cron) : `${cronWords(form.cron)}, ${form.timeZone}`;
  }
}

function hostOf(url: string): string {
  return URL.parse(url)?.host || url;
}

function line(none: string, parts: readonly (string | false)[]): string {
  const said = parts.filter((part) => part !== false && part !== '').join(', ');
  return said === '' ? none : said.charAt(0).toUpperCase() + said.slice(1);
}
