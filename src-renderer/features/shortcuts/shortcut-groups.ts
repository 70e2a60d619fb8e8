/** The keys and what they do, as the window and its menu hear them. */

/** Keys pressed together. */
export type Combination = readonly string[];

export interface Shortcut {
  does: string;
  /** Any one of these does it. */
  keys: readonly Combination[];
}

export interface ShortcutGroup {
  title: string;
  shortcuts: readonly Shortcut[];
}

/** The sheet with the names that the keys have on this platform. */
export function shortcutGroups(platform: string): ShortcutGroup[] {
  const isMac = platform === 'darwin';
  const command = isMac ? '⌘' : 'Ctrl';
  const shift = isMac ? '⇧' : 'Shift';
  return [
    {
      title: 'Anywhere',
      shortcuts: [
        { does: 'New job', keys: [['N'], [command, 'N']] },
        { does: 'Import', keys: [['I'], [command, 'O']] },
        { does: 'Import what is on the clipboard', keys: [[command, 'V']] },
        { does: 'Export', keys: [['E'], [command, 'E']] },
        { does: 'Search', keys: [['/'], [command, 'F']] },
        { does: 'Save what is shown as a view', keys: [['V']] },
        { does: 'Undo what a message offers to', keys: [[command, 'Z']] },
        { does: 'Jobs', keys: [['J']] },
        { does: 'Callbacks', keys: [['K']] },
        { does: 'Receiver for callbacks', keys: [['L']] },
        { does: 'Overview, output, JSON, callback', keys: [['1'], ['2'], ['3'], ['4']] },
        { does: 'Settings', keys: [[command, ',']] },
        { does: 'This sheet', keys: [['?'], [command, '/']] },
      ],
    },
    {
      title: 'In the list of jobs, and in the job',
      shortcuts: [
        { does: 'Run', keys: [['R']] },
        { does: 'Run again', keys: [['A']] },
        { does: 'Cancel', keys: [['C']] },
      ],
    },
    {
      title: 'In the list',
      shortcuts: [
        { does: 'Move', keys: [['↑'], ['↓']] },
        { does: 'Move by a page', keys: [['PgUp'], ['PgDn']] },
        { does: 'First row, or last that is loaded', keys: [['Home'], ['End']] },
        {
          does: 'Move without selecting',
          keys: [
            [command, '↑'],
            [command, '↓'],
          ],
        },
        {
          does: 'Select a range',
          keys: [
            [shift, '↑'],
            [shift, '↓'],
            [shift, 'click'],
          ],
        },
        { does: 'Select one more, or less', keys: [['Space'], [command, 'click']] },
        { does: 'Select all that are loaded', keys: [[command, 'A']] },
        { does: 'Open', keys: [['Enter']] },
        { does: 'Delete jobs', keys: [isMac ? [command, '⌫'] : ['Delete']] },
        // The platform has no key for it.
        ...(isMac ? [] : [{ does: 'Menu of the selected jobs', keys: [['Menu'], [shift, 'F10']] }]),
        { does: 'Clear the selection', keys: [['Esc']] },
      ],
    },
    {
      title: 'In a dialog',
      shortcuts: [
        { does: 'Go ahead: run, approve, import, export', keys: [[command, 'Enter']] },
        { does: 'Close', keys: [['Esc']] },
      ],
    },
  ];
}
