import { RETRY_CAUSES, type RetryCause } from '#shared/job/jobdeck-metadata.ts';
import { parseExitCodes } from '../draft/failure.ts';
import { startsProcess } from '../draft/task-kind.ts';
import { useDraftForm } from '../draft-context.tsx';
import { Check } from '../fields/check.tsx';
import { Labelled } from '../fields/labelled.tsx';
import { DurationField, NumberField, ParsedField } from '../fields/parsed-field.tsx';
import styles from './plan.module.css';

const RETRY = '/metadata/jobdeck/retry';

const CAUSE_LABELS: Record<RetryCause, string> = {
  'exit-code': 'Exit code',
  signal: 'Signal',
  spawn: 'Did not start',
  timeout: 'Timeout',
  network: 'Network',
  model: 'Model’s error',
  'http-4xx': 'HTTP 4xx',
  'http-5xx': 'HTTP 5xx',
  'http-408': 'HTTP 408',
  'http-429': 'HTTP 429',
};
const OF_PROCESSES: readonly RetryCause[] = ['exit-code', 'signal', 'spawn', 'timeout'];

/** How long it waits between attempts, and after which failures there is another. */
export function RetryFields() {
  const { form, onChange, errorAt } = useDraftForm();
  const isProcess = startsProcess(form.kind);
  return (
    <>
      <div className={styles.three}>
        <DurationField
          label="First wait"
          minMs={0}
          placeholder="1 s"
          value={form.backoffMs}
          error={errorAt(`${RETRY}/backoff_ms`)}
          onChange={(backoffMs) => onChange({ backoffMs })}
        />
        <NumberField
          label="Grows by"
          placeholder="2"
          range={{ min: 1, fractions: true }}
          value={form.factor}
          error={errorAt(`${RETRY}/factor`)}
          onChange={(factor) => onChange({ factor })}
        />
        <DurationField
          label="Longest wait"
          minMs={0}
          placeholder="1 min"
          value={form.maxBackoffMs}
          error={errorAt(`${RETRY}/max_backoff_ms`)}
          onChange={(maxBackoffMs) => onChange({ maxBackoffMs })}
        />
      </div>
      <Labelled label="Tried again after" error={errorAt(`${RETRY}/on`)}>
        <div className={styles.causes}>
          {RETRY_CAUSES.filter((cause) => offers(cause, isProcess)).map((cause) => (
            <Check
              key={cause}
              label={CAUSE_LABELS[cause]}
              checked={form.causes.includes(cause)}
              onChange={(isOn) =>
                onChange({
                  causes: RETRY_CAUSES.filter((each) => (each === cause ? isOn : form.causes.includes(each))),
                })
              }
            />
          ))}
        </div>
      </Labelled>
      <div className={styles.two}>
        {isProcess ? (
          <ParsedField
            label="Only these exit codes"
            placeholder="All but 0"
            value={form.exitCodes}
            format={(codes) => codes.join(', ')}
            parse={parseExitCodes}
            expected="Expected codes such as 1, 75."
            error={errorAt(`${RETRY}/exit_codes`)}
            onChange={(exitCodes) => onChange({ exitCodes })}
          />
        ) : null}
        <Check label="Vary the waits" checked={form.jitter} onChange={(jitter) => onChange({ jitter })} />
      </div>
    </>
  );
}

/** A process fails in other ways than a request does. */
function offers(cause: RetryCause, isProcess: boolean): boolean {
  return isProcess ? OF_PROCESSES.includes(cause) : cause === 'timeout' || !OF_PROCESSES.includes(cause);
}
