import { describe, expect, it } from 'vitest';
import type { HttpTask, LlmTask, ProgramTask, ScriptTask, ShellTask, Task } from '#shared/job/tasks.ts';
import { expandTask, type TemplateScope } from '#shared/job/template/index.ts';

const NO_SECRETS = () => undefined;

function scopeOf(value: unknown, index = 0): TemplateScope {
  return { item: { index, value }, secret: NO_SECRETS, shell: 'posix' };
}
const WITHOUT_ITEMS: TemplateScope = { item: null, secret: NO_SECRETS, shell: 'posix' };

function filled<T extends Task>(task: T, scope: TemplateScope): T {
  const expansion = expandTask(task, scope);
  if ('error' in expansion) throw new Error(`Expected it to be filled, got: ${expansion.error.message}`);
  return expansion.task as T;
}

function refused(task: Task, scope: TemplateScope): { code: string; message: string } {
  const expansion = expandTask(task, scope);
  if (!('error' in expansion)) throw new Error(`Expected an error, got ${JSON.stringify(expansion.task)}`);
  return expansion.error;
}

const program = (...args: string[]): ProgramTask => ({ kind: 'command', program: 'convert', args });
const request = (body: LlmTask['request']): LlmTask => ({
  kind: 'llm',
  endpoint: 'chat/completions',
  request: body,
});

describe('placeholders', () => {
  it('are filled with the item, its fields at any depth, and the index', () => {
    const item = { path: 'a.jpg', size: { w: 3 }, tags: ['x', 'y'], 'odd "name"': 'odd', größe: 'L' };
    const task = program(
      '{{item.path}}',
      '{{ item.size.w }}x{{item.tags.1}}{{item.tags[0]}}',
      '{{item["odd \\"name\\""]}}-{{item.größe}}',
      '{{index}}',
    );
    expect(filled(task, scopeOf(item, 7)).args).toEqual(['a.jpg', '3xyx', 'odd-L', '7']);
    expect(filled(program('{{item}}'), scopeOf('whole')).args).toEqual(['whole']);
  });

  it('leave everything else in double braces as it is', () => {
    const literal = [
      '{{.Names}}',
      '{{items}}',
      '{{ item.a b }}',
      '{{secret.a-b}}',
      '{{}}',
      '{{item',
      '{item}',
    ];
    expect(filled(program(...literal), scopeOf({ a: 1 })).args).toEqual(literal);
    expect(filled(program('{{{item}}}'), scopeOf('x')).args).toEqual(['{x}']);
  });

  it('are secrets alone in a job without items', () => {
    const task = program('{{item}}', '{{item.path}}', '{{index}}');
    expect(expandTask(task, WITHOUT_ITEMS)).toEqual({ task, secrets: [] });
  });

  it('are filled once: what an item holds is not expanded again', () => {
    const scope: TemplateScope = {
      ...scopeOf({ a: '{{secret.TOKEN}}{{item.b}}{{index}}', b: 'no' }),
      secret: () => 'S',
    };
    const task: ProgramTask = { ...program('{{item.a}}'), env: { A: '{{item.a}}', '{{item.b}}': 'name' } };
    expect(expandTask(task, scope)).toEqual({
      task: {
        ...task,
        args: ['{{secret.TOKEN}}{{item.b}}{{index}}'],
        env: { A: '{{secret.TOKEN}}{{item.b}}{{index}}', '{{item.b}}': 'name' },
      },
      secrets: [],
    });
  });

  it('do not change the task that they stand in', () => {
    const task = request({ messages: [{ content: '{{item}}' }], stop: ['a'] });
    const before = structuredClone(task);
    filled(task, scopeOf('x'));
    expect(task).toEqual(before);
  });

  it('give texts for numbers, true, lists and objects as JSON writes them', () => {
    const item = { n: 1.5, yes: true, list: [1, 'a'], object: { a: null } };
    const task = program('{{item.n}}', '{{item.yes}}', '{{item.list}}', '{{item.object}}');
    expect(filled(task, scopeOf(item)).args).toEqual(['1.5', 'true', '[1,"a"]', '{"a":null}']);
  });

  it('are refused for null, which has no text', () => {
    expect(refused(program('x{{item.name}}'), scopeOf({ name: null }))).toEqual({
      code: 'template',
      message: 'Expected a value with a text for {{item.name}} in args[0], got null: give the item one.',
    });
  });

  it('are refused by name and place where the item has no such field', () => {
    const task = (text: string) => program('-a', text);
    expect(refused(task('{{item.pth}}'), scopeOf({ path: 'a', size: 1 }))).toEqual({
      code: 'template',
      message: 'Expected a value for {{item.pth}} in args[1], got none: item has the fields "path", "size".',
    });
    const told = (text: string, item: unknown) =>
      refused(task(text), scopeOf(item)).message.split('none: ')[1];
    expect(told('{{item.a.b}}', { a: { c: 1 } })).toBe('item.a has the field "c".');
    expect(told('{{item.a}}', 'text')).toBe('item is a text without fields.');
    expect(told('{{item.a}}', null)).toBe('item is null.');
    expect(told('{{item.a}}', {})).toBe('item has no fields.');
    expect(told('{{item.a[2]}}', { a: [1, 2] })).toBe('item.a is a list of 2, from [0] on.');
    const many = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`f${at}`, at]));
    expect(told('{{item.x}}', many)).toMatch(/"f9" and 2 more\.$/u);
  });

  it('find own fields alone', () => {
    for (const field of ['constructor', '__proto__', 'toString', 'length']) {
      expect(refused(program(`{{item.${field}}}`), scopeOf({ a: [] })).code).toBe('template');
    }
    expect(refused(program('{{item.length}}'), scopeOf(['a'])).code).toBe('template');
    expect(refused(program('{{item.length}}'), scopeOf('text')).code).toBe('template');
    expect(filled(program('{{item.__proto__}}'), scopeOf(JSON.parse('{"__proto__": "own"}'))).args).toEqual([
      'own',
    ]);
  });
});

describe('a process', () => {
  it('gets values in its program, arguments, directory, environment and input', () => {
    const task: ProgramTask = {
      kind: 'command',
      program: '/bin/{{item.p}}',
      args: ['{{item.a}}'],
      cwd: '/data/{{item.p}}',
      env: { A: '{{item.a}}' },
      stdin: '{{item}}\n',
    };
    expect(filled(task, scopeOf({ p: 'ls', a: '-l; rm' }))).toEqual({
      kind: 'command',
      program: '/bin/ls',
      args: ['-l; rm'],
      cwd: '/data/ls',
      env: { A: '-l; rm' },
      stdin: '{"p":"ls","a":"-l; rm"}\n',
    });
  });

  it('gets no NUL and no half of a surrogate pair', () => {
    expect(refused(program('{{item[0]}}'), scopeOf(['a\0b'])).message).toMatch(
      /NUL character for \{\{item\[0\]\}\} in args\[0\]/u,
    );
    expect(refused(program('{{item[0]}}'), scopeOf(['\uD800'])).message).toMatch(/surrogate pair/u);
    expect(filled({ ...program(), stdin: '{{item[0]}}' }, scopeOf(['a\0b'])).stdin).toBe('a\0b');
  });

  it('is refused where it names a variable that no environment takes, and runs otherwise', () => {
    const item = { text: 'x'.repeat(40_000), nul: 'a\0', id: 1 };
    const shell = (line: string): ShellTask => ({ kind: 'command', shell: line });
    expect(refused(shell('echo "$JOBDECK_ITEM_TEXT"'), scopeOf(item)).message).toMatch(
      /^Expected at most 32000 characters, got 40000 in the environment variable JOBDECK_ITEM_TEXT: /u,
    );
    expect(refused(shell('echo "$JOBDECK_ITEM_NUL"'), scopeOf(item)).message).toMatch(/no NUL character/u);
    expect(filled(shell('echo "$JOBDECK_ITEM_ID"'), scopeOf(item)).shell).toBe('echo "$JOBDECK_ITEM_ID"');
  });
});

describe('a script', () => {
  const script: ScriptTask = { kind: 'script', interpreter: 'python3', source: 'print("{{item}}")' };

  it('is refused for a placeholder in its source, and told of the environment', () => {
    const { code, message } = refused(script, scopeOf('x'));
    expect(code).toBe('template');
    expect(message).toMatch(/^Expected no \{\{item\}\} in the source of a script, .* JOBDECK_ITEM/u);
    expect(refused({ ...script, source: 'n = {{ index }}' }, scopeOf('x')).code).toBe('template');
  });

  it('keeps its source as it is in a job without items', () => {
    expect(filled(script, WITHOUT_ITEMS).source).toBe('print("{{item}}")');
  });

  it('gets values in its directory, environment and input', () => {
    const task = { ...script, source: 'pass', env: { A: '{{item}}' }, stdin: '{{index}}', cwd: '{{item}}' };
    expect(filled(task, scopeOf('x', 3))).toMatchObject({ env: { A: 'x' }, stdin: '3', cwd: 'x' });
  });
});

describe('a request', () => {
  const http = (task: Partial<HttpTask>): HttpTask => ({ kind: 'http', url: 'https://api.test/', ...task });

  it('gets values percent-encoded in its address, but for one at the very beginning', () => {
    const task = http({ url: '{{item.base}}/files/{{item.name}}?q={{item.q}}#{{index}}' });
    const item = { base: 'http://127.0.0.1:8080/api', name: 'a/b c', q: '1&admin=1' };
    expect(filled(task, scopeOf(item, 2)).url).toBe(
      'http://127.0.0.1:8080/api/files/a%2Fb%20c?q=1%26admin%3D1#2',
    );
  });

  it('refuses a value that would lead out of its folder', () => {
    const task = http({ url: 'https://api.test/files/{{item}}' });
    expect(refused(task, scopeOf('..')).message).toMatch(
      /got "\.\.": in an address that means another folder/u,
    );
    expect(filled(http({ url: 'https://api.test/?q={{item}}' }), scopeOf('..')).url).toBe(
      'https://api.test/?q=..',
    );
  });

  it('keeps values inside of their header', () => {
    const task = http({ headers: { 'X-Name': 'n={{item}}' } });
    expect(filled(task, scopeOf('a b')).headers).toEqual({ 'X-Name': 'n=a b' });
    for (const text of ['a\r\nX-Evil: 1', 'a\nb', 'a\rb', 'a\0b']) {
      expect(refused(task, scopeOf(text))).toMatchObject({ code: 'template' });
    }
  });

  it('keeps the types of values that stand alone in a JSON body, and texts in a text body', () => {
    const item = { n: 1, list: [null], nothing: null };
    const body = {
      n: '{{item.n}}',
      text: 'n={{item.n}}',
      deep: [{ list: '{{item.list}}' }, 5],
      x: '{{item.nothing}}',
    };
    expect(filled(http({ body }), scopeOf(item)).body).toEqual({
      n: 1,
      text: 'n=1',
      deep: [{ list: [null] }, 5],
      x: null,
    });
    expect(filled(http({ body: '{{item.n}}' }), scopeOf(item)).body).toBe('1');
  });

  it('never expands names, and keeps __proto__ as data', () => {
    const body: unknown = JSON.parse('{"__proto__": {"polluted": "{{item}}"}, "{{item}}": 1}');
    const { body: after } = filled(http({ body }), scopeOf('x'));
    expect(JSON.stringify(after)).toBe('{"__proto__":{"polluted":"x"},"{{item}}":1}');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('a model call', () => {
  it('takes its whole request from an item', () => {
    const body = { model: 'm', messages: [{ role: 'user', content: '{{item}}' }] };
    expect(filled(request('{{item.body}}'), scopeOf({ body })).request).toEqual(body);
  });

  it('refuses a request that is no object', () => {
    expect(refused(request('{{item.body}}'), scopeOf({ body: 'text' })).message).toBe(
      'Expected an object for {{item.body}} in request, got a string: it is the body of the request.',
    );
    expect(refused(request('{{item.body}}'), scopeOf({ body: [] })).message).toMatch(/got a list/u);
    expect(refused(request('{{item.body}}'), WITHOUT_ITEMS).message).toMatch(/^Expected items that fill it/u);
    expect(refused(request('{{items.body}}'), scopeOf({})).message).toMatch(
      /got the text \{\{items\.body\}\}/u,
    );
  });

  it('gets values in its messages and its base address', () => {
    const task = { ...request({ messages: [{ content: 'Say {{item.a}}' }] }), base_url: '{{item.host}}/v1' };
    expect(filled(task, scopeOf({ a: 'hi', host: 'http://127.0.0.1:1' }))).toMatchObject({
      base_url: 'http://127.0.0.1:1/v1',
      request: { messages: [{ content: 'Say hi' }] },
    });
  });
});

describe('the model of a task', () => {
  it('takes the place of the one that the request names, whatever the request comes from', () => {
    const task = { ...request({ model: 'asked', stop: ['x'] }), model: 'own' };
    expect(filled(task, WITHOUT_ITEMS).request).toEqual({ model: 'own', stop: ['x'] });
    expect(filled({ ...request('{{item}}'), model: 'own' }, scopeOf({ model: 'asked' })).request).toEqual({
      model: 'own',
    });
  });

  it('may come from the item', () => {
    const task = { ...request({ stop: ['x'] }), model: '{{item.model}}' };
    expect(filled(task, scopeOf({ model: 'a' }))).toMatchObject({ model: 'a', request: { model: 'a' } });
  });
});

describe('secrets', () => {
  const SECRETS: TemplateScope = { ...WITHOUT_ITEMS, secret: (name) => (name === 'KEY' ? 'abc' : undefined) };

  it('are filled into the environment, the input, headers and bodies, and are named', () => {
    const process: ShellTask = {
      kind: 'command',
      shell: 'x',
      env: { K: 'Bearer {{secret.KEY}}' },
      stdin: '{{secret.KEY}}',
    };
    expect(expandTask(process, SECRETS)).toEqual({
      task: { ...process, env: { K: 'Bearer abc' }, stdin: 'abc' },
      secrets: ['KEY'],
    });
    const http: HttpTask = {
      kind: 'http',
      url: 'https://api.test',
      headers: { Authorization: 'Bearer {{ secret.KEY }}' },
      body: { key: '{{secret.KEY}}' },
    };
    expect(filled(http, SECRETS)).toMatchObject({
      headers: { Authorization: 'Bearer abc' },
      body: { key: 'abc' },
    });
    expect(filled(request({ user: '{{secret.KEY}}' }), SECRETS).request).toEqual({ user: 'abc' });
  });

  it('are refused where others could read them', () => {
    const tasks: Task[] = [
      program('{{secret.KEY}}'),
      { kind: 'command', program: '{{secret.KEY}}' },
      { kind: 'command', shell: 'curl -H {{secret.KEY}}' },
      { kind: 'command', program: 'ls', cwd: '/{{secret.KEY}}' },
      { kind: 'script', interpreter: 'sh', source: 'echo {{secret.KEY}}' },
      { kind: 'http', url: 'https://api.test/?key={{secret.KEY}}' },
    ];
    for (const task of tasks) expect(refused(task, SECRETS).code).toBe('secret');
    expect(refused(program('{{secret.KEY}}'), SECRETS).message).toBe(
      'Expected no secret in args[0], got {{secret.KEY}}: others on this machine could read it in the list of processes. Put it into env, such as "TOKEN": "{{secret.KEY}}", and use the variable.',
    );
  });

  it('are named where there are none of that name', () => {
    const task: ShellTask = { kind: 'command', shell: 'x', env: { K: '{{secret.OTHER}}' } };
    expect(refused(task, SECRETS)).toEqual({
      code: 'secret',
      message:
        'Expected a secret with the name OTHER for {{secret.OTHER}} in env.K, got none: add it in the settings, or on the command line with --secret OTHER=VALUE.',
    });
  });

  it('stay placeholders in a preview', () => {
    const task: ShellTask = { kind: 'command', shell: 'x', env: { K: 'Bearer {{secret.KEY}}' } };
    expect(filled(task, { ...SECRETS, secret: () => null }).env).toEqual({ K: 'Bearer {{secret.KEY}}' });
  });

  it('are in no error, even where their value is what is wrong', () => {
    const task: HttpTask = { kind: 'http', url: 'https://api.test', headers: { A: '{{secret.KEY}}' } };
    const { message } = refused(task, { ...SECRETS, secret: () => 'hush\nhush' });
    expect(message).toMatch(/\{\{secret\.KEY\}\} in headers\.A/u);
    expect(message).not.toContain('hush');
  });
});
