import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { MENU_COMMANDS } from '#shared/contract/channels.ts';
import { menuTemplate } from '../../../src-main/shell/menu.ts';

vi.mock('electron', () => ({ Menu: {} }));

function itemsOf(platform: NodeJS.Platform, choose = vi.fn(), quit = vi.fn()): MenuItemConstructorOptions[] {
  const flat = (items: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
    items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);
  return flat(menuTemplate(platform, 'Jobdeck', { choose, quit }));
}

function click(item: MenuItemConstructorOptions | undefined): void {
  (item?.click as (() => void) | undefined)?.();
}

describe.each(['linux', 'darwin', 'win32'] as const)('the menu on %s', (platform) => {
  it('has each command of the contract once', () => {
    const choose = vi.fn();
    for (const item of itemsOf(platform, choose)) click(item);
    expect(choose.mock.calls.map(([command]) => command).sort()).toEqual([...MENU_COMMANDS].sort());
  });

  it.each([
    ['New job', 'CmdOrCtrl+N', 'new-job'],
    ['Import…', 'CmdOrCtrl+O', 'import'],
    ['Export…', 'CmdOrCtrl+E', 'export'],
    ['Find', 'CmdOrCtrl+F', 'find'],
    ['Settings…', 'CmdOrCtrl+,', 'settings'],
    ['Keyboard shortcuts', 'CmdOrCtrl+/', 'shortcuts'],
  ])('has %s under %s', (label, accelerator, command) => {
    const choose = vi.fn();
    const item = itemsOf(platform, choose).find((candidate) => candidate.label === label);
    expect(item?.accelerator).toBe(accelerator);
    click(item);
    expect(choose).toHaveBeenCalledExactlyOnceWith(command);
  });

  it('uses no accelerator twice', () => {
    const accelerators = itemsOf(platform).flatMap(({ accelerator }) => accelerator ?? []);
    expect(new Set(accelerators).size).toBe(accelerators.length);
  });

  it('asks the application to quit, rather than ending it', () => {
    const quit = vi.fn();
    const items = itemsOf(platform, vi.fn(), quit);
    click(items.find(({ accelerator }) => accelerator === 'CmdOrCtrl+Q'));
    expect(quit).toHaveBeenCalledOnce();
    expect(items.some(({ role }) => role === 'quit')).toBe(false);
  });
});

it('has the application menu on macOS alone', () => {
  expect(itemsOf('darwin')[0]?.label).toBe('Jobdeck');
  expect(itemsOf('linux')[0]?.label).toBe('&File');
});
