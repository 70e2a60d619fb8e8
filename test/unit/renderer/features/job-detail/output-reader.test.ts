import { describe, expect, it } from 'vitest';
import { OutputReader } from '../../../../../src-renderer/features/job-detail/output/output-reader.ts';

/** A file that grows by hand; counts what is read of it. */
function fakeFile(initial = '') {
  let content = new TextEncoder().encode(initial);
  const file = {
    readBytes: 0,
    largestRead: 0,
    grow(text: string) {
      const more = new TextEncoder().encode(text);
      const grown = new Uint8Array(content.length + more.length);
      grown.set(content);
      grown.set(more, content.length);
      content = grown;
    },
    replace(text: string) {
      content = new TextEncoder().encode(text);
    },
    read: async (offset: number, maxBytes: number) => {
      const start = offset < 0 ? Math.max(0, content.length + offset) : Math.min(offset, content.length);
      const bytes = content.slice(start, start + maxBytes);
      file.readBytes += bytes.length;
      file.largestRead = Math.max(file.largestRead, bytes.length);
      return { offset: start, bytes, sizeBytes: content.length };
    },
  };
  return file;
}

const textOf = (reader: OutputReader) => {
  const { window } = reader.getSnapshot();
  return window.lines.map((line) => window.text(line)).join('\n');
};

describe('OutputReader', () => {
  it('shows what is there, then what is added', async () => {
    const file = fakeFile('one\n');
    const reader = new OutputReader(file.read);
    await reader.poll();
    expect(textOf(reader)).toBe('one\n');
    file.grow('two\n');
    await reader.poll();
    expect(textOf(reader)).toBe('one\ntwo\n');
  });

  it('opens a large file at its end and reads no more than a piece of it', async () => {
    const file = fakeFile(`${'x'.repeat(99)}\n`.repeat(200_000));
    const reader = new OutputReader(file.read);
    await reader.poll();
    const { window, sizeBytes } = reader.getSnapshot();
    expect(window.end).toBe(sizeBytes);
    expect(file.readBytes).toBeLessThan(1024 * 1024);
  });

  it('jumps to the end where it has fallen far behind while following', async () => {
    const file = fakeFile('first\n');
    const reader = new OutputReader(file.read);
    await reader.poll();
    file.grow(`${'y'.repeat(99)}\n`.repeat(100_000));
    await reader.poll();
    const { window, sizeBytes } = reader.getSnapshot();
    expect(window.end).toBe(sizeBytes);
    expect(window.base).toBeGreaterThan(0);
    expect(file.largestRead).toBeLessThanOrEqual(512 * 1024);
  });

  it('keeps what is on the screen while one does not follow, and knows the size', async () => {
    const file = fakeFile(`${'z'.repeat(99)}\n`.repeat(50_000));
    const reader = new OutputReader(file.read);
    await reader.poll();
    await reader.goToStart();
    const { base, end } = reader.getSnapshot().window;
    file.grow('more\n'.repeat(1000));
    await reader.poll();
    const after = reader.getSnapshot();
    expect([after.window.base, after.window.end]).toEqual([base, end]);
    expect(after.sizeBytes).toBe(5_005_000);
    expect(after.isFollowing).toBe(false);
  });

  it('reaches the whole file piece by piece in both directions', async () => {
    const text = Array.from({ length: 120_000 }, (_, index) => `line ${index}`).join('\n');
    const file = fakeFile(text);
    const reader = new OutputReader(file.read);
    await reader.poll();
    for (let times = 0; times < 20 && reader.getSnapshot().window.base > 0; times += 1)
      await reader.loadEarlier();
    expect(textOf(reader)).toBe(text);
    await reader.goToStart();
    for (let times = 0; times < 20; times += 1) await reader.loadLater();
    expect(reader.getSnapshot().window.end).toBe(new TextEncoder().encode(text).length);
  });

  it('begins anew where the file became shorter', async () => {
    const file = fakeFile('a long beginning\n');
    const reader = new OutputReader(file.read);
    await reader.poll();
    file.replace('new\n');
    await reader.poll();
    expect(textOf(reader)).toBe('new\n');
  });

  it('says why the file could not be read, until it can be', async () => {
    const file = fakeFile('here');
    let isBroken = true;
    const reader = new OutputReader((offset, maxBytes) =>
      isBroken ? Promise.reject(new Error('The disk is gone.')) : file.read(offset, maxBytes),
    );
    await reader.poll();
    expect(reader.getSnapshot().error).toBe('The disk is gone.');
    isBroken = false;
    await reader.poll();
    await reader.goToEnd();
    expect(reader.getSnapshot().error).toBeNull();
  });
});
