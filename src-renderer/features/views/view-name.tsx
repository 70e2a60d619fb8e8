import { useEffect, useRef } from 'react';
import { MAX_VIEW_NAME_LENGTH } from '../../db/views.ts';
import styles from './view-list.module.css';

/** Where a view's name is typed. Enter takes it, as going elsewhere does; Escape leaves it as it was. */
export function ViewName(props: {
  name: string;
  /** @param byKey true where the focus was in the field to the end, and goes with it */
  onDone: (name: string | null, byKey: boolean) => void;
}) {
  const { name, onDone } = props;
  const field = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  useEffect(() => field.current?.select(), []);
  const done = (value: string | null, byKey: boolean) => {
    // Taking the field away takes its focus, too.
    if (isDone.current) return;
    isDone.current = true;
    onDone(value, byKey);
  };
  return (
    <input
      ref={field}
      className={styles.name}
      aria-label="Name of the view"
      defaultValue={name}
      maxLength={MAX_VIEW_NAME_LENGTH}
      onBlur={(event) => done(event.currentTarget.value, false)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') done(event.currentTarget.value, true);
        if (event.key === 'Escape') done(null, true);
      }}
    />
  );
}
