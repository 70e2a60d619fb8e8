import { describe, expect, it } from 'vitest';
import { expandTask, type TemplateScope } from '#shared/job/template/index.ts';

function expand(line: string, value: unknown, shell: TemplateScope['shell'] = 'posix') {
  return expandTask(
    { kind: 'command', shell: line },
    { item: { index: 4, value }, secret: () => undefined, shell },
  );
}

function lineOf(line: string, value: unknown): string {
  const expansion = expand(line, value);
  if ('error' in expansion) throw new Error(`Expected a line, got: ${expansion.error.message}`);
  return 'shell' in expansion.task ? expansion.task.shell : '';
}

function whyNot(line: string, shell: TemplateScope['shell'] = 'posix'): string | undefined {
  const expansion = expand(line, { a: 'x' }, shell);
  if (!('error' in expansion)) return undefined;
  expect(expansion.error.code).toBe('template');
  return /got it (.+?): use /u.exec(expansion.error.message)?.[1] ?? expansion.error.message;
}

describe('a value in a shell line', () => {
  it('is quoted for the place where it stands', () => {
    expect(lineOf('ls {{item}}', "it's")).toBe(String.raw`ls 'it'\''s'`);
    expect(lineOf("ls 'a {{item}} b'", "it's")).toBe(String.raw`ls 'a it'\''s b'`);
    expect(lineOf('ls "$x {{item}} b"', "it's")).toBe(String.raw`ls "$x "'it'\''s'" b"`);
    expect(lineOf('ls {{item}}', '')).toBe("ls ''");
    expect(lineOf('a "$(b {{item}} "c {{item}}")"', 'v')).toBe(`a "$(b 'v' "c "'v'"")"`);
  });

  it('is an index as it is, wherever it stands', () => {
    expect(lineOf('echo $(( {{index}} * 2 )) `seq {{index}}` # {{index}}', null)).toBe(
      'echo $(( 4 * 2 )) `seq 4` # 4',
    );
  });

  it.each([
    ['echo # {{item}}', 'inside a comment'],
    ['echo `ls {{item}}`', 'inside backticks'],
    ['echo "`ls {{item}}`"', 'inside backticks'],
    ['echo $(( {{item.a}} + 1 ))', 'inside arithmetic'],
    ['(( {{item.a}} ))', 'inside arithmetic'],
    ['echo $\x7bx:-{{item}}}', 'inside a parameter expansion'],
    ["echo $'a{{item}}'", "inside $'...'"],
    ['echo \\{{item}}', 'right after a backslash'],
    ['echo "\\{{item}}"', 'right after a backslash'],
    ['echo $\x7b{item}}', 'right after a dollar sign'],
    ['cat <<EOF\n{{item}}\nEOF', 'after the "<<" of a here-document, where its quoting can\'t be told'],
    ['cat <<< {{item}}', 'after the "<<" of a here-document, where its quoting can\'t be told'],
    [
      'echo "$(case x in x) echo;; esac)" {{item}}',
      'after a "case" inside $(...), where its quoting can\'t be told',
    ],
    ['echo $(: # it\n) {{item}}', "after a comment inside $(...), where its quoting can't be told"],
    ['eval "ls {{item}}"', 'in the words of "eval", which reads them again as code'],
    ['eval "$(printf %s {{item}})"', 'in the words of "eval", which reads them again as code'],
    ['eval >&2 {{item}}', 'in the words of "eval", which reads them again as code'],
    ['echo "$$({{item}})"', 'after "$$" before "(", where its quoting can\'t be told'],
    ['echo $${{item}}', 'right after a dollar sign'],
    ['e\\val {{item}}', 'in the words of "eval", which reads them again as code'],
    [`'eval' "$x" {{item}}`, 'in the words of "eval", which reads them again as code'],
    ["bash -c 'ls {{item}}'", 'in the code for another shell, which reads it again'],
    ['xargs -I x /bin/sh -ec "ls {{item}}"', 'in the code for another shell, which reads it again'],
    ['[[ {{item}} -eq 1 ]]', 'inside [[ ]], where some shells compute with it'],
    ['list[{{item}}]=1', 'in the subscript of a list, where some shells compute with it'],
  ])('is refused in %j: %s', (line, reason) => {
    expect(whyNot(line)).toBe(reason);
  });

  it.each([
    'echo "# {{item}}"',
    'echo a#{{item}}',
    "echo # it's\nls {{item}}",
    'echo \\\\{{item}}',
    "echo '$'{{item}}",
    "ls '\\{{item}}'",
    'echo "$$ {{item}} $$" /tmp/"$$".{{item}}',
    'case {{item}} in a) ls {{item}};; esac',
    'echo $((1 + 2)) $\x7bx} `date` {{item}}',
    'bash -c \'ls "$1"\' _ {{item}}',
    'eval x; ls {{item}}',
    'tar -c {{item}}',
    'ls < {{item}} > {{item}}.out',
    "cat {{item}} <<EOF\nit's\nEOF",
  ])('is accepted in %j', (line) => {
    expect(whyNot(line)).toBeUndefined();
  });

  it('is refused with the way out', () => {
    const expansion = expand('cat `ls {{item.a}}`', { a: 1 });
    expect(expansion).toEqual({
      error: {
        code: 'template',
        message:
          'Expected {{item.a}} in the shell line to stand where its value can be quoted, got it inside backticks: use "$JOBDECK_ITEM_A" from the environment there, or a program with arguments.',
      },
    });
  });

  it('is always refused for cmd.exe', () => {
    expect(whyNot('dir {{item}}', 'cmd')).toMatch(/^Expected no \{\{item\}\} in a line for cmd\.exe/u);
    expect(whyNot('dir {{index}}', 'cmd')).toBeUndefined();
  });

  it('is refused where it holds a NUL', () => {
    expect(expand('ls {{item[0]}}', ['a\0'])).toMatchObject({ error: { code: 'template' } });
  });
});
