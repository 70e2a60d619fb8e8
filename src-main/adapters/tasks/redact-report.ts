/** The last thing that happens to a report before it leaves the executors: secrets are taken out of every text. */
import type { AttemptReport } from '../../core/ports.ts';
import { redactText } from '../output/output-sink.ts';

export function redactReport(report: AttemptReport, values: readonly string[]): AttemptReport {
  if (values.length === 0) return report;
  // Nearly always there is nothing to take out, and one look at all of it is enough to know.
  const whole = JSON.stringify(report);
  return redactText(whole, values) === whole ? report : redacted(report, values);
}

function redacted<T>(value: T, values: readonly string[]): T;
function redacted(value: unknown, values: readonly string[]): unknown {
  if (typeof value === 'string') return redactText(value, values);
  if (Array.isArray(value)) return value.map((element) => redacted<unknown>(element, values));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      redactText(name, values),
      redacted<unknown>(inner, values),
    ]),
  );
}
