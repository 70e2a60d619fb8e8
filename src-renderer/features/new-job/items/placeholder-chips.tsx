import { useMemo } from 'react';
import { placeholdersOf, variablesOf } from '../draft/item-fields.ts';
import { useDraftForm } from '../draft-context.tsx';
import { useInsert } from '../fields/insertion.tsx';
import styles from './items.module.css';
import { usePreview } from './preview-context.tsx';

/** What of an item can be filled in: a press writes it where one wrote last. */
export function PlaceholderChips() {
  const { items } = usePreview();
  const insert = useInsert();
  const { kind, interpreter } = useDraftForm().form;
  const placeholders = useMemo(() => {
    const values = items.map(({ item }) => item);
    return kind === 'script' ? variablesOf(values, interpreter) : placeholdersOf(values);
  }, [items, kind, interpreter]);
  return (
    <fieldset className={styles.chips}>
      <legend className="visually-hidden">Insert of an item</legend>
      <span className={styles.note} aria-hidden="true">
        Insert
      </span>
      {placeholders.map((placeholder) => (
        <button
          key={placeholder}
          type="button"
          className={styles.chip}
          title="Inserts it where you wrote last"
          // The field keeps the focus, and its cursor is seen to move on.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => insert(placeholder)}
        >
          {placeholder}
        </button>
      ))}
    </fieldset>
  );
}
