import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { gatherOpenedFiles } from '../../../src-main/shell/opened-files.ts';

const electron = vi.hoisted(() => ({ listeners: new Map<string, (...given: unknown[]) => void>() }));
vi.mock('electron', () => ({
  app: {
    isPackaged: true,
    on: (name: string, listener: (...given: unknown[]) => void) => electron.listeners.set(name, listener),
  },
}));

const emit = (name: string, ...given: unknown[]) => electron.listeners.get(name)?.(...given);
const event = { preventDefault: vi.fn() };
const argv = process.argv;
let opened: string[][];

beforeEach(() => {
  vi.useFakeTimers();
  electron.listeners.clear();
  event.preventDefault.mockClear();
  opened = [];
  process.argv = ['/opt/jobdeck'];
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  process.argv = argv;
});

function onPlatform(platform: string) {
  vi.spyOn(process, 'platform', 'get').mockReturnValue(platform as NodeJS.Platform);
  return gatherOpenedFiles();
}

describe('files handed to the application', () => {
  it('at its start are opened once somebody listens', () => {
    process.argv = ['/opt/jobdeck', '/a.json', '/b.json'];
    const files = onPlatform('linux');
    expect(files.given).toEqual(['/a.json', '/b.json']);
    files.follow((paths) => opened.push(paths));
    expect(opened).toEqual([['/a.json', '/b.json']]);
  });

  it('by a second start are opened as that one sent them, and nothing else it sent', () => {
    onPlatform('linux').follow((paths) => opened.push(paths));
    emit('second-instance', event, ['jobdeck', '--odd'], '/', { files: ['/a.json', 5] });
    for (const data of [undefined, null, 'x', {}, { files: 'x' }, { files: [] }]) {
      emit('second-instance', event, ['jobdeck'], '/', data);
    }
    expect(opened).toEqual([['/a.json']]);
  });

  it('one by one by macOS are opened together, those from before the window too', () => {
    const files = onPlatform('darwin');
    emit('open-file', event, '/early.json');
    vi.runAllTimers();
    files.follow((paths) => opened.push(paths));
    emit('open-file', event, '/a.json');
    emit('open-file', event, '/b.json');
    expect(opened).toEqual([['/early.json']]);
    vi.runAllTimers();
    emit('open-file', event, '/c.json');
    vi.runAllTimers();
    expect(opened).toEqual([['/early.json'], ['/a.json', '/b.json'], ['/c.json']]);
    expect(event.preventDefault).toHaveBeenCalledTimes(4);
  });
});
