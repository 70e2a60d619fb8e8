/** What was measured, as the results file keeps it and the table shows it. */

export interface Goal {
  /** As a person reads it: "at least 2 x GNU parallel". */
  text: string;
  isMet: boolean;
}

export interface Figure {
  name: string;
  unit: string;
  ours: number;
  /** The same of others, by their names. */
  peers: Record<string, number>;
  goals: Goal[];
}

export function figure(name: string, unit: string, ours: number, rest: Partial<Figure> = {}): Figure {
  return { name, unit, ours, peers: {}, goals: [], ...rest };
}

/** A figure whose contestants are `ours` and peers. */
export function figureOf(name: string, unit: string, measured: Record<string, number>): Figure {
  const { ours = Number.NaN, ...peers } = measured;
  return figure(name, unit, ours, { peers });
}

/** Goals against peers that were not measured are left out. */
export function atLeast(factor: number, peer: string, { ours, peers }: Figure): Goal[] {
  const theirs = peers[peer];
  if (theirs === undefined) return [];
  return [{ text: `at least ${factor} x ${peer}`, isMet: ours >= factor * theirs }];
}

export function atMost(limit: number, { ours, unit }: Figure): Goal[] {
  return [{ text: `at most ${limit} ${unit}`, isMet: ours <= limit }];
}

/** A table in Markdown, with the ratio of ours to each peer's. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, unit, ours, peers, goals }) => [
    name,
    `${inWords(ours)} ${unit}`,
    Object.entries(peers)
      .map(([peer, theirs]) => `${peer} ${inWords(theirs)} (${(ours / theirs).toFixed(2)})`)
      .join('; '),
    goals.map(({ text, isMet }) => `${text}: ${isMet ? 'met' : 'NOT MET'}`).join('; '),
  ]);
  const table = [['', 'Jobdeck', 'peers (ratio of ours to theirs)', 'goal'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const lines = table.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`,
  );
  lines.splice(1, 0, `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`);
  return lines.join('\n');
}

function inWords(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value.toFixed(value >= 10 ? 1 : 2);
}
