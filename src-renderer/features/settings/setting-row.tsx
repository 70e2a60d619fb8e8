import type { ReactNode } from 'react';
import { IconCheck } from '../../components/icons.ts';
import styles from './setting-row.module.css';
import type { SettingSaid } from './use-settings.ts';

/** One setting: what it is, its control, and whether a change of it was kept. */
export function SettingRow(props: {
  name: SettingSaid['name'];
  label: string;
  hint?: string;
  /** What is wrong with what was typed. */
  error?: string | undefined;
  said: SettingSaid | null;
  /** The id of the control, where it is one that a label can point at. */
  controlId?: string;
  children: ReactNode;
}) {
  const { controlId, label, said } = props;
  const own = said?.name === props.name ? said : null;
  const problem =
    props.error ?? (own?.problem ? `This could not be kept, so it is as it was. ${own.problem}` : null);
  return (
    <div className={styles.row}>
      <div className={styles.words}>
        {controlId === undefined ? (
          <span className={styles.label}>{label}</span>
        ) : (
          <label className={styles.label} htmlFor={controlId}>
            {label}
          </label>
        )}
        <span className={styles.saved} role="status">
          {own !== null && problem === null ? (
            <>
              <IconCheck size={13} stroke={2.5} aria-hidden="true" /> Saved
            </>
          ) : null}
        </span>
        {props.hint ? <p className={styles.hint}>{props.hint}</p> : null}
      </div>
      <div className={styles.control}>{props.children}</div>
      {problem === null ? null : (
        <p className={styles.problem} role="alert" id={controlId && `${controlId}-problem`}>
          {problem}
        </p>
      )}
    </div>
  );
}
