/** The last thing that happens to a report before it leaves the executors: secrets are taken out of every text. */
import type { AttemptReport } from '../../core/ports.ts';
import { redactText } from '../output/output-sink.ts';

/** What a report says in words of its own stays: `exit_code` is `exit_code`, whatever a secret is. */
export function redactReport(report: AttemptReport, values: readonly string[]): AttemptReport {
  if (values.length === 0) return report;
  const { result, error } = report;
  // Nearly always there is nothing to take out, and one look at all of it is enough to know.
  const whole = JSON.stringify([result, error]);
  if (redactText(whole, values) === whole) return report;
  return {
    ...report,
    result: Object.fromEntries(
      Object.entries(result).map(([name, value]) => [name, redacted(value, values)]),
    ) as typeof result,
    ...(error && { error: { ...error, message: redactText(error.message, values) } }),
  };
}

/** Names inside are whatever the other side chose. */
function redacted(value: unknown, values: readonly string[]): unknown {
  if (typeof value === 'string') return redactText(value, values);
  if (Array.isArray(value)) return value.map((element) => redacted(element, values));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [redactText(name, values), redacted(inner, values)]),
  );
}
