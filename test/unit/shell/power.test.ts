import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunnerStatus } from '#shared/contract/runner-state.ts';
import { DEFAULT_SETTINGS, type Settings } from '#shared/contract/settings.ts';
import { followPower, type Power } from '../../../src-main/shell/power.ts';

const machine = vi.hoisted(() => ({
  isOnBattery: false,
  isOnline: true,
  blockers: new Set<number>(),
  events: new Map<string, () => void>(),
}));
vi.mock('electron', () => ({
  net: { isOnline: () => machine.isOnline },
  powerMonitor: {
    isOnBatteryPower: () => machine.isOnBattery,
    on: (name: string, listener: () => void) => machine.events.set(name, listener),
    off: (name: string) => machine.events.delete(name),
  },
  powerSaveBlocker: {
    start(type: string): number {
      expect(type).toBe('prevent-app-suspension');
      machine.blockers.add(7);
      return 7;
    },
    stop: (id: number) => machine.blockers.delete(id),
  },
}));

let settings: Settings;
let running: number;
let holds: Map<string, string | null>;
let tellStatus: (status: RunnerStatus) => void;
const wake = vi.fn();
let power: Power;

beforeEach(() => {
  vi.useFakeTimers();
  Object.assign(machine, { isOnBattery: false, isOnline: true });
  machine.blockers.clear();
  machine.events.clear();
  wake.mockClear();
  settings = { ...DEFAULT_SETTINGS, keepAwake: true, pauseOnBattery: true, waitForNetwork: true };
  running = 0;
  holds = new Map();
  power = followPower({
    runner: {
      hold: (reason, message) => void holds.set(reason, message),
      wake,
      onStatus(listener) {
        tellStatus = listener;
        return () => {};
      },
      status: () => ({ running }) as RunnerStatus,
    },
    readSettings: () => settings,
  });
  return () => {
    power.stop();
    vi.useRealTimers();
  };
});

/** The next look at the machine. */
const later = () => vi.advanceTimersToNextTimer();
const changed = () => tellStatus({ running } as RunnerStatus);

describe('the battery', () => {
  it('holds starts back while the machine runs on it, and says what ends that', () => {
    expect(holds.get('battery')).toBeNull();
    machine.isOnBattery = true;
    later();
    expect(holds.get('battery')).toMatch(/Plug it in/);
    machine.isOnBattery = false;
    later();
    expect(holds.get('battery')).toBeNull();
  });

  it('counts for nothing unless it was asked for', () => {
    machine.isOnBattery = true;
    settings = { ...settings, pauseOnBattery: false };
    power.look();
    expect(holds.get('battery')).toBeNull();
  });
});

describe('the network', () => {
  it('is waited for while there is none, unless that is not wanted', () => {
    machine.isOnline = false;
    later();
    expect(holds.get('network')).toMatch(/no network/);
    settings = { ...settings, waitForNetwork: false };
    power.look();
    expect(holds.get('network')).toBeNull();
  });

  it('that is back makes the runner look at what waits, once', () => {
    later();
    expect(wake).not.toHaveBeenCalled();
    machine.isOnline = false;
    later();
    machine.isOnline = true;
    later();
    later();
    expect(wake).toHaveBeenCalledOnce();
    expect(holds.get('network')).toBeNull();
  });
});

describe('sleep', () => {
  it('is kept off while a job runs, and no longer', () => {
    expect(machine.blockers.size).toBe(0);
    running = 1;
    changed();
    changed();
    expect([...machine.blockers]).toEqual([7]);
    running = 0;
    changed();
    expect(machine.blockers.size).toBe(0);
  });

  it('is let be where that is not wanted', () => {
    settings = { ...settings, keepAwake: false };
    running = 1;
    changed();
    expect(machine.blockers.size).toBe(0);
  });

  it('makes the runner look at its times once it is over', () => {
    expect(wake).not.toHaveBeenCalled();
    machine.events.get('resume')?.();
    expect(wake).toHaveBeenCalledOnce();
  });

  it('is allowed again when the application ends', () => {
    running = 1;
    changed();
    power.stop();
    expect(machine.blockers.size).toBe(0);
    expect(machine.events.size).toBe(0);
  });
});
