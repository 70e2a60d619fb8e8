/** Shell lines at random, whole and broken, with placeholders in all kinds of places. */

export const HOLE = '{{item}}';

/** Mulberry32: the same lines every time. */
export function createDice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}

/** A line from the shell's grammar with one placeholder, then now and then with a character or two gone, doubled or put in. */
export function randomLine(dice: (sides: number) => number): string {
  const [first = '', ...rest] = list(dice, 3).split(HOLE);
  const kept = dice(Math.max(1, rest.length));
  let line = rest.reduce((before, after, at) => before + (at === kept ? HOLE : 'x') + after, first);
  if (rest.length === 0) line += ` ${HOLE}`;
  for (let changes = dice(3); changes > 0; changes--) {
    const at = dice(line.length);
    const stray = STRAYS[dice(STRAYS.length)] ?? '';
    line = line.slice(0, at) + stray + line.slice(at + dice(2));
  }
  return line;
}

const STRAYS = [
  '',
  '',
  '"',
  "'",
  '\\',
  '$',
  '`',
  '(',
  ')',
  '#',
  '\n',
  '{',
  '}',
  ';',
  '&',
  ' ',
  '<',
  '$(',
  '$$',
];

type Dice = (sides: number) => number;
type Part = (dice: Dice, depth: number) => string;

function pick(dice: Dice, depth: number, parts: readonly Part[]): string {
  const part = parts[dice(parts.length)];
  return part === undefined ? '' : part(dice, depth);
}

const list: Part = (dice, depth) => {
  const commands = Array.from({ length: 1 + dice(3) }, () => command(dice, depth));
  return commands.join(['; ', '\n', ' && ', ' || ', ' & ', ' | '][dice(6)]);
};

const command: Part = (dice, depth) => pick(dice, depth, depth > 0 ? COMMANDS : COMMANDS.slice(0, 3));

const COMMANDS: readonly Part[] = [
  simple,
  simple,
  simple,
  simple,
  (dice, depth) => `( ${list(dice, depth - 1)} )`,
  (dice, depth) => `{ ${list(dice, depth - 1)}\n}`,
  (dice, depth) => `case ${word(dice, depth)} in ${word(dice, 0)}) ${list(dice, depth - 1)};; *) :;; esac`,
  (dice, depth) => `if ${list(dice, depth - 1)}\nthen ${list(dice, depth - 1)}\nfi`,
  (dice, depth) => `for w in ${word(dice, depth)}\ndo ${list(dice, depth - 1)}\ndone`,
  (dice, depth) => `${simple(dice, depth)} # it's ${word(dice, 0)}\n:`,
  (dice, depth) => `: <<EOF\n${word(dice, depth)}\nEOF\n${simple(dice, depth)}`,
  (dice, depth) => `eval ${word(dice, depth)}`,
  (dice, depth) => `w=${word(dice, depth)}`,
];

function simple(dice: Dice, depth: number): string {
  const words = Array.from({ length: 1 + dice(3) }, () => word(dice, depth));
  return `${['printf %s', ':', 'echo', 'test'][dice(4)]} ${words.join(' ')}`;
}

function word(dice: Dice, depth: number): string {
  return Array.from({ length: 1 + dice(3) }, () =>
    pick(dice, depth, depth > 0 ? PIECES : PIECES.slice(0, 9)),
  ).join('');
}

const hole: Part = () => HOLE;
const PIECES: readonly Part[] = [
  hole,
  hole,
  () => 'a',
  () => '-n',
  () => `'b ${HOLE}'`,
  () => "'c'",
  () => '\\"',
  () => "\\'",
  () => '$$',
  (dice, depth) => `"${inDouble(dice, depth)}"`,
  (dice, depth) => `"${inDouble(dice, depth)}"`,
  (dice, depth) => `$(${list(dice, depth - 1)})`,
  (dice, depth) => `\`${simple(dice, 0)} ${depth}\``,
  (dice, depth) => `\${v:-${word(dice, depth - 1)}}`,
  () => '$' + '{v}',
  (dice) => `$((1 + ${dice(9)}))`,
  () => `$((${HOLE}))`,
  () => "$'d\\''",
  () => '$#',
  () => '\\\n',
];

function inDouble(dice: Dice, depth: number): string {
  return Array.from({ length: 1 + dice(3) }, () =>
    pick(dice, depth - 1, depth > 0 ? DOUBLE : DOUBLE.slice(0, 7)),
  ).join('');
}

const DOUBLE: readonly Part[] = [
  hole,
  hole,
  () => "it's ",
  () => '\\"',
  () => '\\\\',
  () => '$$',
  () => '$' + '{v}',
  (dice, depth) => `$(${list(dice, depth)})`,
  (dice, depth) => `\`${simple(dice, 0)} ${depth}\``,
  (dice, depth) => `\${v:-${word(dice, depth)}}`,
  () => '$((1+1))',
];
