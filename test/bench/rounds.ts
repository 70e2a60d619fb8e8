/** Contestants that take turns, so that what else the machine does at a moment meets all of them. */

/** One round: does its work and gives what it measured. */
export type Contestant = () => Promise<number> | number;

/** The median of each one's rounds. Who begins changes from round to round. */
export async function takeTurns(
  contestants: Readonly<Record<string, Contestant>>,
  rounds: number,
): Promise<Record<string, number>> {
  const names = Object.keys(contestants);
  const measured = new Map<string, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < names.length; turn += 1) {
      const name = names[(round + turn) % names.length] ?? '';
      const value = await contestants[name]?.();
      if (value !== undefined) measured.get(name)?.push(value);
    }
  }
  return Object.fromEntries([...measured].map(([name, values]) => [name, median(values)]));
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** @param share from 0 to 1 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export async function secondsOf(work: () => unknown): Promise<number> {
  const startedAtMs = performance.now();
  await work();
  return (performance.now() - startedAtMs) / 1000;
}

export async function perSecond(count: number, work: () => unknown): Promise<number> {
  return count / (await secondsOf(work));
}

/** How much each contestant is given in a round: what ours does in about a second, on a fast machine or a slow one. */
export async function countForRound(runOurs: (count: number) => Promise<void>): Promise<number> {
  const sample = 30;
  return Math.round(Math.min(Math.max(await perSecond(sample, () => runOurs(sample)), 50), 1000));
}
