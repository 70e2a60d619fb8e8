import { expect, it } from 'vitest';
import { requireFreeRoom } from '../../../../src-main/adapters/system/free-room.ts';

const MIB = 1024 * 1024;
const asked = (free: () => Promise<number>) => requireFreeRoom(free, 'on the disk', 'make room');

it('says how much is to stay free, how much is, and what to do', async () => {
  await expect(asked(async () => 255.9 * MIB)).rejects.toMatchObject({
    code: 'disk-full',
    message: 'Expected at least 256 MiB to stay free on the disk, got 255 MiB: make room.',
  });
});

it('holds nothing up where there is room, or where the system does not know', async () => {
  await asked(async () => 256 * MIB);
  await asked(() => Promise.reject(new Error('ENOSYS')));
});
