/** What a job is called, and where its result goes. */
import { at, type Fields, inJobdeck, text, texts } from './fields.ts';

export interface AboutForm {
  name: string;
  tags: string[];
  notes: string;
  callbackUrl: string;
}

export const ABOUT_FIELDS: Fields<AboutForm> = {
  name: inJobdeck('name', text),
  tags: inJobdeck('tags', texts),
  notes: inJobdeck('notes', text),
  callbackUrl: at('callback_url', text),
};

/** The tags of a line of text, each once. */
export function tagsOf(line: string): string[] {
  const tags = line.split(',').map((tag) => tag.trim());
  return [...new Set(tags.filter((tag) => tag !== ''))];
}
