import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { openLineFile } from '../../../src-main/cli/run/line-file.ts';
import { cwd } from './support.ts';

vi.mock('node:fs/promises', { spy: true });
afterEach(() => vi.mocked(open).mockReset());

it.each(['ENOSPC', 'EDQUOT'])('says of a disk or a share that is full (%s) that it is', async (code) => {
  vi.mocked(open).mockRejectedValueOnce(Object.assign(new Error(`${code}: no room`), { code }));
  await expect(openLineFile(join(cwd, 'out'), 'replace')).rejects.toMatchObject({
    code: 'disk-full',
    message: expect.stringContaining(join(cwd, 'out')),
  });
});
