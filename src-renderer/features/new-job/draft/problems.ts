/** What the schema accepts and would still fail at once: said here, before it is queued. */
import { callbackUrlProblem } from '../../../words/callback-target.ts';
import type { DraftForm } from './draft.ts';
import { sourceOf, valuesOf } from './items.ts';
import { objectOf, textOf } from './values.ts';

export interface DraftProblem {
  /** JSON Pointer. */
  path: string;
  message: string;
}

const TASK = '/metadata/jobdeck/task';
const ITEMS = '/metadata/jobdeck/items';

/** In the order of the form. */
export function draftProblems(form: DraftForm): DraftProblem[] {
  return [...itemProblems(form), ...taskProblems(form), ...callbackProblems(form)];
}

function callbackProblems({ callbackUrl }: DraftForm): DraftProblem[] {
  const message = callbackUrl === '' ? null : callbackUrlProblem(callbackUrl);
  return message === null ? [] : [{ path: '/callback_url', message }];
}

function taskProblems({ kind, url, agentId, baseUrl, shell, program }: DraftForm): DraftProblem[] {
  switch (kind) {
    case 'shell':
      return shell.trim() === '' ? [at('shell', 'Write the line that the shell should run.')] : [];
    case 'program':
      return program === '' ? [at('program', 'Name a program, or give the path of one.')] : [];
    case 'http':
      return isHttpAddress(url) ? [] : [at('url', 'Give an address that begins with http:// or https://.')];
    case 'model':
      if (baseUrl === '' && agentId === '') {
        return [at('base_url', 'Choose a saved profile, or give the address of the model’s server.')];
      }
      return baseUrl === '' || isHttpAddress(baseUrl)
        ? []
        : [at('base_url', 'Give an address that begins with http:// or https://.')];
    case 'script':
    case null:
      return [];
  }
}

function itemProblems({ items }: DraftForm): DraftProblem[] {
  if (items === undefined) return [];
  const object = objectOf(items);
  switch (sourceOf(items)) {
    case 'lines':
    case 'json':
      return valuesOf(items).length === 0 ? [{ path: ITEMS, message: 'Write at least one item.' }] : [];
    case 'file':
      return textOf(object.file) === ''
        ? [{ path: `${ITEMS}/file`, message: 'Choose the file that has the items.' }]
        : [];
    case 'matrix': {
      const lists = Object.values(objectOf(object.matrix));
      const isWhole = lists.length > 0 && lists.every((values) => Array.isArray(values) && values.length > 0);
      return isWhole
        ? []
        : [{ path: `${ITEMS}/matrix`, message: 'Write a name, and at least one value for it.' }];
    }
    case 'range':
    case 'failed':
      return [];
  }
}

function at(key: string, message: string): DraftProblem {
  return { path: `${TASK}/${key}`, message };
}

/** A template may stand for the whole of it: what it comes to is known when an item is. */
function isHttpAddress(text: string): boolean {
  return /^https?:\/\/\S/iu.test(text) || text.startsWith('{{');
}
