import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { file, line, NOW } from './import-bench.ts';

const MODULE = new URL('../../../src-main/adapters/documents/import-session.ts', import.meta.url).href;

describe('what an import keeps on the disk', () => {
  it('is gone when the process is killed in the middle of reading', async () => {
    const text = `,"metadata":{"text":"${'x'.repeat(1000)}"}`;
    const path = await file('a.ndjson', Array.from({ length: 60_000 }, (_, n) => line(n, text)).join(''));
    const spools = await file('spools/.keep', '').then((keep) => keep.replace('/.keep', ''));
    const source = `
      const { createImports } = await import(${JSON.stringify(MODULE)});
      const imports = createImports(() => ${JSON.stringify(NOW)});
      imports.onProgress(({ counts }) => console.log(counts.total));
      await imports.openImport([${JSON.stringify(path)}]);`;
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', source],
      {
        env: { ...process.env, SQLITE_TMPDIR: spools },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const exited = once(child, 'exit');
    for await (const total of createInterface({ input: child.stdout })) {
      if (Number(total) > 10_000) break;
    }
    child.kill('SIGKILL');
    expect(await exited).toEqual([null, 'SIGKILL']);
    expect(readdirSync(spools)).toEqual(['.keep']);
  });
});
