import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shortcutGroups } from '../../../../../src-renderer/features/shortcuts/shortcut-groups.ts';

const APP = join(import.meta.dirname, '../../../../../src-renderer/app');

function combinations(platform: string): string[] {
  return shortcutGroups(platform).flatMap((group) =>
    group.shortcuts.flatMap(({ keys }) => keys.map((combination) => combination.join('+'))),
  );
}

describe('the sheet of shortcuts', () => {
  it('holds every key that the window hears', () => {
    const source = readFileSync(join(APP, 'use-keys.ts'), 'utf8');
    const heard = [...source.matchAll(/^ {6}'?(.)'?: /gmu)].map(([, key = '']) => key.toUpperCase());
    expect(heard.length).toBeGreaterThan(8);
    expect(combinations('linux')).toEqual(expect.arrayContaining(heard));
  });

  it('names the keys as the platform does', () => {
    expect(combinations('linux')).toContain('Ctrl+A');
    expect(combinations('win32')).toContain('Delete');
    expect(combinations('darwin')).toContain('⌘+A');
    expect(combinations('darwin')).toContain('⌘+⌫');
    expect(combinations('darwin').join()).not.toMatch(/Ctrl|Shift/u);
  });

  it('gives no key two meanings in one place', () => {
    for (const group of shortcutGroups('linux')) {
      const keys = group.shortcuts.flatMap((shortcut) => shortcut.keys.map((each) => each.join('+')));
      expect(new Set(keys).size, group.title).toBe(keys.length);
    }
  });
});
