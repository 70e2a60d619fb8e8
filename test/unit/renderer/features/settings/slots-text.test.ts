import { expect, it } from 'vitest';
import { SETTINGS_SCHEMA } from '#shared/contract/channel-schemas.ts';
import { MAX_SLOTS, parseSlots } from '../../../../../src-renderer/features/settings/slots-text.ts';

it('takes nothing as one per core, and whole numbers up to the most there may be', () => {
  expect(['', '  ', '1', ' 12 ', '1024'].map(parseSlots)).toEqual([null, null, 1, 12, 1024]);
});

it('takes nothing that is no such number', () => {
  for (const text of ['0', '-1', '1.5', '1e2', '0x10', '1025', 'two', '4 jobs']) {
    expect(parseSlots(text), text).toBeUndefined();
  }
});

it('knows the same limit as the schema that guards the settings', () => {
  expect(JSON.stringify(SETTINGS_SCHEMA.properties.slots)).toContain(`"maximum":${MAX_SLOTS}`);
});
