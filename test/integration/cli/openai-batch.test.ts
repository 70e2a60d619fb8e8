import { describe, expect, it, onTestFinished } from 'vitest';
import { type ModelServerOptions, startModelServer } from '../../fakes/model-server.ts';
import { type Folder, makeFolder } from './harness.ts';

async function server(options?: ModelServerOptions) {
  const started = await startModelServer(options);
  onTestFinished(started.close);
  return started;
}

function writeRequests(folder: Folder, questions: readonly string[]): void {
  const lines = questions.map((content, n) => ({
    custom_id: `ask-${n}`,
    method: 'POST',
    url: '/v1/chat/completions',
    body: { model: 'theirs', messages: [{ role: 'user', content }] },
  }));
  folder.write('in.jsonl', lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}

interface OutputLine {
  custom_id: string;
  response: { status_code: number; body: { choices: { message: { content: string } }[] } } | null;
  error: { code: string } | null;
}

const FILES = ['--out', 'out.jsonl', '--errors', 'errors.jsonl'];

describe('openai-batch', () => {
  it('answers every line with the model and the key that were asked for, and writes both files', async () => {
    const folder = makeFolder();
    const model = await server({
      reply: ({ body }) =>
        JSON.stringify(body).includes('bad')
          ? { status: 400, body: { error: { message: 'No.' } } }
          : undefined,
    });
    writeRequests(folder, ['hello there', 'something bad', 'and bye']);
    const secret = ['--secret', 'KEY=sk-hunter2-hunter2', '--api-key-secret', 'KEY'];
    const { code, stdout, stderr } = await folder.run([
      'openai-batch',
      'in.jsonl',
      '--base-url',
      model.baseUrl,
      '--model',
      'mine',
      ...FILES,
      ...secret,
    ]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('2 requests of 3 answered.');
    expect(stderr).not.toContain('hunter2');
    expect(model.calls.map(({ body }) => body.model)).toEqual(['mine', 'mine', 'mine']);
    expect(model.calls[0]?.headers.authorization).toBe('Bearer sk-hunter2-hunter2');
    const out = folder.lines<OutputLine>('out.jsonl');
    expect(out.map(({ custom_id }) => custom_id)).toEqual(['ask-0', 'ask-2']);
    expect(out[0]?.response?.body.choices[0]?.message.content).toBe('hello there');
    expect(folder.lines<OutputLine>('errors.jsonl')).toMatchObject([
      { custom_id: 'ask-1', response: { status_code: 400 } },
    ]);
  });

  it('goes on where it was killed, sends nothing again that was answered, and then only writes the files', async () => {
    const folder = makeFolder();
    const questions = ['one', 'two', 'three', 'four'];
    writeRequests(folder, questions);
    let isHanging = true;
    const reached = Promise.withResolvers<void>();
    const model = await server({
      takeOver(_, { body }) {
        const hangs = isHanging && JSON.stringify(body).includes('three');
        if (hangs) reached.resolve();
        return hangs;
      },
    });
    const argv = [
      'openai-batch',
      'in.jsonl',
      '--base-url',
      model.baseUrl,
      '--concurrency',
      '1',
      '--data',
      'data',
      ...FILES,
    ];
    const killed = folder.start(argv);
    await reached.promise;
    killed.child.kill('SIGKILL');
    await killed.outcome;
    isHanging = false;
    expect((await folder.run(argv)).code).toBe(0);
    const asked = () => model.calls.map(({ body }) => JSON.stringify(body).match(/one|two|three|four/u)?.[0]);
    expect(asked()).toEqual(['one', 'two', 'three', 'three', 'four']);
    const written = folder.read('out.jsonl');
    expect(folder.lines('out.jsonl')).toHaveLength(4);
    expect(folder.read('errors.jsonl')).toBe('');
    const again = await folder.run(argv);
    expect(again).toMatchObject({ code: 0, stderr: expect.stringContaining('4 requests of 4 answered.') });
    expect(asked()).toHaveLength(5);
    expect(folder.read('out.jsonl')).toBe(written);
  });

  it('names the lines that are wrong, and sends nothing', async () => {
    const folder = makeFolder();
    const model = await server();
    writeRequests(folder, ['fine']);
    folder.write('in.jsonl', `${folder.read('in.jsonl')}{"custom_id":"ask-0"}\n`);
    const { code, stderr } = await folder.run([
      'openai-batch',
      'in.jsonl',
      '--base-url',
      model.baseUrl,
      ...FILES,
    ]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^in\.jsonl:2: /mu);
    expect(stderr).toContain('Nothing was sent.');
    expect(model.calls).toEqual([]);
    expect(() => folder.read('out.jsonl')).toThrow('ENOENT');
  });

  it('refuses to write over its input', async () => {
    const folder = makeFolder();
    writeRequests(folder, ['fine']);
    const argv = [
      'openai-batch',
      'in.jsonl',
      '--base-url',
      'http://127.0.0.1:1',
      '--out',
      './in.jsonl',
      '--errors',
      'e',
    ];
    expect(await folder.run(argv)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('three different files'),
    });
  });
});
