import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expandTask } from '#shared/job/template/index.ts';
import { createDice, HOLE, randomLine } from './shell-lines.ts';

const SHELLS = [['/bin/sh'], ['/bin/bash', '--posix']].filter(
  ([program = '', ...args]) => spawnSync(program, [...args, '-c', ':']).status === 0,
);

const HOSTILE = [
  '',
  ' ',
  '-rf',
  "it's",
  "''",
  '"',
  '\\',
  "\\'",
  '\\\\"',
  '$(id)',
  '`id`',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's
  '${HOME} $HOME $1 $$',
  '!! !-1',
  '* ? [a-z]',
  '~root',
  '# no comment',
  'a\nb',
  '\n\n',
  'a\r\nb\t',
  '; exit 3',
  '&& exit 3 | exit 3 &',
  '> file < file << EOF',
  '((1))',
  '{a,b}',
  '%s %n \\0',
  'größe \u{1F600} \u202E \uFEFF',
  '\u0001\u001B[31m\u007F',
  "'; exit 3; '",
  '"; exit 3; "',
  `$(exit 3)'$(exit 3)"$(exit 3)`,
  '{{item}} {{index}} {{secret.X}}',
];
const ALPHABET = [
  ...'\'"\\$`(){}[]<>|&;#!*?~=%- \n\t\rab0é€',
  '\u{1F680}',
  "'\\''",
  '$(',
  "$'",
  'case ',
  'esac',
];

/** Each prints its value and what stands in `after`, then a NUL. */
const CONTEXTS: { where: string; line: string; after: string }[] = [
  { where: 'unquoted', line: `printf '%s\\0' ${HOLE}`, after: '' },
  { where: 'in single quotes', line: `printf '%s\\0' '${HOLE}'`, after: '' },
  { where: 'in double quotes', line: `printf '%s\\0' "${HOLE}"`, after: '' },
  { where: 'next to other text', line: `printf '%s\\0' ${HOLE}'>'"$1".`, after: '>.' },
  { where: 'unquoted in $(...)', line: `v=$(printf '%s.' ${HOLE}); printf '%s\\0' "$v"`, after: '.' },
  { where: 'in single quotes in "$(...)"', line: `printf '%s\\0' "$(printf '%s.' '${HOLE}')"`, after: '.' },
  { where: 'in double quotes in "$(...)"', line: `printf '%s\\0' "$(printf '%s.' "${HOLE}")"`, after: '.' },
  { where: 'in an assignment', line: `v=${HOLE}; printf '%s\\0' "$v"`, after: '' },
  { where: 'in an assignment in quotes', line: `v="${HOLE}"; printf '%s\\0' "$v"`, after: '' },
  { where: 'in groups', line: `( { printf '%s\\0' ${HOLE}\n} )`, after: '' },
  { where: 'in a loop', line: `for v in ${HOLE}; do printf '%s\\0' "$v"; done`, after: '' },
  { where: 'in a case', line: `case ${HOLE} in "${HOLE}") printf '%s\\0' ${HOLE};; esac`, after: '' },
  { where: 'after a comment', line: `: # it's\nprintf '%s\\0' ${HOLE}`, after: '' },
  { where: 'after arithmetic', line: `printf "%s$((2-1))\\0" "${HOLE}"`, after: '1' },
  { where: 'after a continued line', line: `printf '%s\\0' \\\n${HOLE}`, after: '' },
];

function expandedLine(line: string, value: string): string | null {
  const scope = { item: { index: 0, value }, secret: () => undefined, shell: 'posix' } as const;
  const expansion = expandTask({ kind: 'command', shell: line }, scope);
  if ('error' in expansion) return null;
  return 'shell' in expansion.task ? expansion.task.shell : null;
}

function randomValues(count: number): string[] {
  const dice = createDice(7);
  const symbol = () => ALPHABET[dice(ALPHABET.length)] ?? '';
  return Array.from({ length: count }, () => Array.from({ length: 1 + dice(12) }, symbol).join(''));
}

describe.each(SHELLS)('a value in a line for %s %s', (program, ...args) => {
  it.each(CONTEXTS)('arrives byte for byte: $where', ({ line, after }) => {
    // Where each value costs a process, fewer of them.
    const values = [...HOSTILE, ...randomValues(line.includes('(') ? 40 : 1000)];
    const script = values.map((value) => expandedLine(line, value)).join('\n');
    const { stdout, stderr } = spawnSync(program, args, { input: script, maxBuffer: 64 * 1024 * 1024 });
    expect(stderr.toString()).toBe('');
    const arrived = stdout.toString().split('\0').slice(0, -1);
    expect(arrived).toEqual(values.map((value) => value + after));
  });
});

describe.each(SHELLS)('a value in any line for %s %s', (program, ...args) => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'jobdeck-lines-'));
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  /** Says PW0NED if it is ever run; its own text does not. */
  const CODE = 'echo PW$((0))NED >&2';
  const ATTACKS = [
    `$(${CODE})`,
    `\`${CODE}\``,
    `'; ${CODE}; '`,
    `"; ${CODE}; "`,
    `\n${CODE}\n`,
    `)\n${CODE}; (`,
    `'"; ${CODE}; "'`,
    `\\'; ${CODE}; '`,
    `"'$(${CODE})'"`,
    `;; esac; ${CODE}; case x in x)`,
    `a[$(${CODE})]`,
    `}$(${CODE}){`,
    `\nEOF\n${CODE}\n`,
    `))\n${CODE}\n((`,
  ];

  async function errorsOf(line: string): Promise<string> {
    // No PATH: whatever a broken line comes to, it finds no program.
    const child = spawn(program, [...args, '-c', line], {
      cwd: directory,
      env: { PATH: directory },
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: 10_000,
    });
    let errors = '';
    for await (const chunk of child.stderr) errors += String(chunk);
    return errors;
  }

  it('is refused, or is never run as code, however the line around it is quoted or broken', async () => {
    const dice = createDice(2026);
    let rawRuns = 0;
    let runs = 0;
    for (let round = 0; round < 250; round++) {
      const line = randomLine(dice);
      const attack = ATTACKS[dice(ATTACKS.length)] ?? '';
      const expanded = expandedLine(line, attack);
      if (expanded === null) continue;
      runs++;
      expect(await errorsOf(expanded), `${line}\nwith\n${attack}`).not.toContain('PW0NED');
      if (runs <= 40 && (await errorsOf(line.replace(HOLE, () => attack))).includes('PW0NED')) rawRuns++;
    }
    expect(runs).toBeGreaterThan(40);
    // The attacks are real: put in as they are, some of them do run.
    expect(rawRuns).toBeGreaterThan(0);
  });
});
