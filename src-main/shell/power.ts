/** Sleep, battery and network: what the machine does, as the runner needs to know it and as the settings ask. */
import { net, powerMonitor, powerSaveBlocker } from 'electron';
import type { Disposer } from '#shared/contract/app-api.ts';
import type { Settings } from '#shared/contract/settings.ts';
import type { Runner } from '../core/runner-types.ts';

/**
 * How often battery and network are looked at. Electron tells of `on-battery` on macOS alone, and of a network that
 * goes or comes not at all.
 */
const LOOK_EVERY_MS = 5000;

const ON_BATTERY =
  'Nothing is started while the machine runs on its battery. Plug it in, or change that in Settings.';
const NO_NETWORK =
  'There is no network: requests, model calls and callbacks to other machines wait for it, everything else goes on.';

export interface PowerOptions {
  runner: Pick<Runner, 'hold' | 'wake' | 'onStatus' | 'status'>;
  readSettings: () => Settings;
}

export interface Power {
  /** The settings were changed. */
  look(): void;
  stop: Disposer;
}

/** Only after `ready`: `powerMonitor` is of no use before. */
export function followPower({ runner, readSettings }: PowerOptions): Power {
  let blocker: number | null = null;
  let wasOnline = true;

  const look = (): void => {
    const { pauseOnBattery, waitForNetwork } = readSettings();
    runner.hold('battery', pauseOnBattery && powerMonitor.isOnBatteryPower() ? ON_BATTERY : null);
    const isOnline = net.isOnline();
    runner.hold('network', waitForNetwork && !isOnline ? NO_NETWORK : null);
    // Also where nothing was held: what came due without a network has its turn at once.
    if (isOnline && !wasOnline) runner.wake();
    wasOnline = isOnline;
    keepAwake();
  };
  const keepAwake = (): void => {
    const wanted = readSettings().keepAwake && runner.status().running > 0;
    if (wanted && blocker === null) blocker = powerSaveBlocker.start('prevent-app-suspension');
    if (!wanted && blocker !== null) {
      powerSaveBlocker.stop(blocker);
      blocker = null;
    }
  };
  const wake = (): void => {
    look();
    runner.wake();
  };

  powerMonitor.on('resume', wake);
  const unsubscribe = runner.onStatus(keepAwake);
  const timer = setInterval(look, LOOK_EVERY_MS);
  look();
  return {
    look,
    stop() {
      clearInterval(timer);
      unsubscribe();
      powerMonitor.off('resume', wake);
      if (blocker !== null) powerSaveBlocker.stop(blocker);
    },
  };
}
