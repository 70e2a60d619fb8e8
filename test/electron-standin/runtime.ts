/** What the pieces of one running application share: which application, with which switches, in which browser. */
import { join } from 'node:path';
import type { AppFolder } from './app-folder.ts';
import { type Chromium, launchChromium } from './chromium/launch.ts';

export interface Runtime {
  folder: AppFolder;
  executable: string;
  switches: Map<string, string>;
  /** A person looks at it, rather than a spec. */
  isPreview: boolean;
  userData: () => string;
}

let current: Runtime | null = null;
let chromium: Promise<Chromium> | null = null;

export function setRuntime(runtime: Runtime): void {
  current = runtime;
}

export function runtime(): Runtime {
  if (current === null) throw new Error('The Electron stand-in has not been started.');
  return current;
}

/** The browser. It is started with the first window, or at once where a debugger waits for it. */
export function browser(): Promise<Chromium> {
  const { userData, isPreview, switches } = runtime();
  chromium ??= launch(join(userData(), 'chromium'), isPreview, switches.has('remote-debugging-port'));
  return chromium;
}

async function launch(profile: string, isPreview: boolean, wantsPort: boolean): Promise<Chromium> {
  const launched = await launchChromium({ profile, isPreview, wantsPort });
  // A visible Chromium ends with its last window: the next window starts another one.
  launched.onExit(() => {
    chromium = null;
  });
  return launched;
}

/** Ends the browser where one was started, so that all it holds is on disk. */
export async function closeBrowser(): Promise<void> {
  if (chromium === null) return;
  const running = await chromium.catch(() => null); // it never started: there is nothing to end
  await running?.close();
}

/** Tells the person in front of the terminal, where the system would have shown something. */
export function tell(message: string): void {
  process.stderr.write(`[Electron stand-in] ${message}\n`);
}
