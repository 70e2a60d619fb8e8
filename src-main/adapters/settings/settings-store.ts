/** What a person has set, kept beside the journal. */
import { AppError } from '#shared/app-error.ts';
import { DEFAULT_SETTINGS, type Settings } from '#shared/contract/settings.ts';
import type { Meta } from '../journal/meta.ts';

export interface SettingsStore {
  read(): Settings;
  /**
   * Durable on return.
   * @throws AppError `bad-request` where the result would be no settings, and then nothing is changed
   */
  write(patch: Partial<Settings>): Settings;
}

export interface SettingsStoreOptions {
  isSettings: (value: unknown) => value is Settings;
  /** Told of settings that are damaged; the defaults are used in their place. */
  onProblem: (error: AppError) => void;
}

const KEY = 'settings';

export function createSettingsStore(
  meta: Meta,
  { isSettings, onProblem }: SettingsStoreOptions,
): SettingsStore {
  let current = load();

  function load(): Settings {
    const text = meta.read(KEY);
    if (text === null) return DEFAULT_SETTINGS;
    // A setting that was not there yet when this was written has its default; one that is gone is left out.
    const settings = onlyKnown({ ...DEFAULT_SETTINGS, ...parsed(text) });
    if (parsed(text) !== null && isSettings(settings)) return settings;
    onProblem(
      new AppError(
        'invalid-document',
        `The settings can't be read and were set back to their defaults, got ${text.slice(0, 200)}. Set them again.`,
      ),
    );
    return DEFAULT_SETTINGS;
  }

  return {
    read: () => ({ ...current }),
    write(patch) {
      const wanted = onlyKnown({ ...current, ...patch });
      if (!isSettings(wanted)) {
        throw new AppError('bad-request', `Expected valid settings, got ${JSON.stringify(patch)}.`);
      }
      meta.write(KEY, JSON.stringify(wanted));
      current = wanted;
      return { ...wanted };
    },
  };
}

function parsed(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    // The caller says so, and what it does about it.
    return null;
  }
}

function onlyKnown(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([key]) => key in DEFAULT_SETTINGS));
}
