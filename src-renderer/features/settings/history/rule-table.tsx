import { useId, useState } from 'react';
import {
  RETENTION_STATUSES,
  type RetentionRule,
  type RetentionRules,
  type RetentionStatus,
} from '#shared/contract/retention.ts';
import fieldStyles from '../../../components/text-field/field.module.css';
import { formatCount } from '../../../words/count-words.ts';
import { type LimitName, parseLimit } from './limit-text.ts';
import { retentionStatusWord } from './retention-words.ts';
import styles from './rule-table.module.css';

const PARTS = [
  { part: 'jobs', label: 'Jobs', words: 'jobs' },
  { part: 'output', label: 'Their output', words: 'output' },
] as const satisfies readonly { part: keyof RetentionRule; label: string; words: string }[];

const LIMITS = [
  { name: 'days', label: 'Days', words: 'for so many days' },
  { name: 'count', label: 'Newest', words: 'of so many of the newest' },
  { name: 'megabytes', label: 'MB', words: 'up to so many megabytes' },
] as const satisfies readonly { name: LimitName; label: string; words: string }[];

/** How long and how much is kept of each status; an empty field is no limit. */
export function RuleTable(props: {
  rules: RetentionRules;
  /** True while they are not kept, as what they would make go is shown first. */
  isProposed: boolean;
  onChange: (rules: RetentionRules) => void;
}) {
  const { rules, isProposed, onChange } = props;
  const [wrong, setWrong] = useState<ReadonlySet<string>>(new Set());
  const problemId = useId();
  const tell = (field: string, isWrong: boolean) =>
    setWrong((known) => {
      const next = new Set(known);
      next[isWrong ? 'add' : 'delete'](field);
      return next;
    });
  return (
    <>
      <table className={styles.table}>
        <thead>
          <tr>
            <td />
            {PARTS.map(({ part, label }) => (
              <th key={part} scope="colgroup" colSpan={3} className={styles.group}>
                {label}
              </th>
            ))}
          </tr>
          <tr>
            <td />
            {PARTS.flatMap(({ part }) =>
              LIMITS.map(({ name, label }) => (
                <th key={`${part} ${name}`} scope="col" className={styles.limit}>
                  {label}
                </th>
              )),
            )}
          </tr>
        </thead>
        <tbody>
          {RETENTION_STATUSES.map((status) => (
            <tr key={status}>
              <th scope="row" className={styles.status}>
                {retentionStatusWord(status)}
              </th>
              {PARTS.flatMap(({ part, words }) =>
                LIMITS.map((limit) => {
                  const field = `${status} ${part} ${limit.name}`;
                  return (
                    <td key={field}>
                      <LimitField
                        label={`${retentionStatusWord(status)}: keep ${words} ${limit.words}`}
                        name={limit.name}
                        value={rules[status][part][limit.name]}
                        problemId={problemId}
                        onTyped={(isWrong) => tell(field, isWrong)}
                        onChange={(value) => onChange(changed(rules, status, part, limit.name, value))}
                      />
                    </td>
                  );
                }),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.hint} id={problemId} role="status">
        {wrong.size === 0 ? (
          hintWords(isProposed)
        ) : (
          <span className={styles.problem}>
            {`Expected whole numbers, or nothing for no limit: ${formatCount(wrong.size)} of them ${wrong.size === 1 ? 'is' : 'are'} not kept.`}
          </span>
        )}
      </p>
    </>
  );
}

function hintWords(isProposed: boolean): string {
  return isProposed
    ? 'These limits are not kept yet: see below what they would make go by itself.'
    : 'What is beyond any of its limits goes, the oldest first. An empty field is no limit.';
}

/** A limit; it is kept with Enter, and when the field is left. */
function LimitField(props: {
  label: string;
  name: LimitName;
  value: number | null;
  problemId: string;
  onTyped: (isWrong: boolean) => void;
  onChange: (value: number | null) => void;
}) {
  const { label, name, value, problemId, onTyped, onChange } = props;
  const [text, setText] = useState(value === null ? '' : String(value));
  const typed = parseLimit(name, text);
  const isWrong = typed === undefined;
  const keep = () => {
    if (typed !== undefined && typed !== value) onChange(typed);
  };
  return (
    <input
      className={`${fieldStyles.input} ${styles.field}`}
      inputMode="numeric"
      autoComplete="off"
      placeholder="all"
      aria-label={label}
      aria-invalid={isWrong || undefined}
      aria-describedby={isWrong ? problemId : undefined}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        onTyped(parseLimit(name, event.currentTarget.value) === undefined);
      }}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep();
      }}
    />
  );
}

function changed(
  rules: RetentionRules,
  status: RetentionStatus,
  part: keyof RetentionRule,
  name: LimitName,
  value: number | null,
): RetentionRules {
  const rule = rules[status];
  return { ...rules, [status]: { ...rule, [part]: { ...rule[part], [name]: value } } };
}
