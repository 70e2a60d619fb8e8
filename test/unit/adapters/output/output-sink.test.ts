import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createOutputSink } from '../../../../src-main/adapters/output/output-sink.ts';

function somePath(): string {
  const directory = mkdtempSync(join(tmpdir(), 'jobdeck-sink-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return join(directory, 'stdout');
}

const bytes = (text: string) => new TextEncoder().encode(text);

test('output reaches the file as it comes, in a file for its owner alone', async () => {
  const path = somePath();
  const sink = createOutputSink({ path, redact: [], maxBytes: null });
  await sink.write(bytes('Continue? '));
  expect(readFileSync(path, 'utf8')).toBe('Continue? ');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  await sink.write(bytes('yes'));
  expect(await sink.end()).toEqual({ bytes: 13, cutBytes: 0 });
  expect(readFileSync(path, 'utf8')).toBe('Continue? yes');
});

test('no output makes no file', async () => {
  const path = somePath();
  const sink = createOutputSink({ path, redact: ['secret'], maxBytes: 10 });
  await sink.write(new Uint8Array(0));
  expect(await sink.end()).toEqual({ bytes: 0, cutBytes: 0 });
  expect(existsSync(path)).toBe(false);
});

test('secrets are taken out before the length is counted and limited', async () => {
  const path = somePath();
  const sink = createOutputSink({ path, redact: ['a very long secret'], maxBytes: 16 });
  await sink.write(bytes('a very long sec'));
  await sink.write(bytes('reta very long secret'));
  expect(await sink.end()).toEqual({ bytes: 16, cutBytes: 0 });
  expect(readFileSync(path, 'utf8')).toBe('[secret][secret]');
});

test('what is cut is named in the file and counted in the end', async () => {
  const path = somePath();
  const sink = createOutputSink({ path, redact: ['secret'], maxBytes: 8 });
  await sink.write(bytes('head secret tail'));
  expect(await sink.end()).toEqual({ bytes: 18, cutBytes: 10 });
  expect(readFileSync(path, 'utf8')).toBe('head\n[... 10 bytes cut by max_output_bytes ...]\ntail');
});

test('a file that cannot be written is told by the write, and ends all the same', async () => {
  const path = somePath();
  writeFileSync(path, '');
  const sink = createOutputSink({ path: join(path, 'below'), redact: ['secret'], maxBytes: 100 });
  await expect(sink.write(bytes('text'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  expect(await sink.end()).toMatchObject({ cutBytes: 0 });
});
