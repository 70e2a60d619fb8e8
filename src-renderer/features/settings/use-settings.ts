import { useEffect, useState } from 'react';
import type { Settings } from '#shared/contract/settings.ts';
import { useServices } from '../../services/services.tsx';

/** How the last change went, beside the setting it was made to. */
export interface SettingSaid {
  name: keyof Settings;
  /** Null where it is kept; otherwise why not. */
  problem: string | null;
}

export interface SettingsState {
  /** Null until they are read. */
  settings: Settings | null;
  /** Why they could not be read, as a sentence. */
  problem: string | null;
  said: SettingSaid | null;
  change: <N extends keyof Settings>(name: N, value: Settings[N]) => Promise<void>;
}

/** What a page of the settings gets once they are read. */
export interface SettingsPageProps extends Pick<SettingsState, 'said' | 'change'> {
  settings: Settings;
}

/** The settings, kept by the application: each change is written at once, and shown when it is kept. */
export function useSettings(): SettingsState {
  const { api } = useServices();
  const [settings, setSettings] = useState<Settings | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [said, setSaid] = useState<SettingSaid | null>(null);

  useEffect(() => {
    let isGone = false;
    void api.readSettings().then((answer) => {
      if (isGone) return;
      if (answer.ok) setSettings(answer.value);
      else setProblem(answer.error.message);
    });
    return () => {
      isGone = true;
    };
  }, [api]);

  const change: SettingsState['change'] = async (name, value) => {
    setSaid(null);
    const answer = await api.writeSettings({ [name]: value });
    if (answer.ok) setSettings(answer.value);
    setSaid({ name, problem: answer.ok ? null : answer.error.message });
  };

  return { settings, problem, said, change };
}
