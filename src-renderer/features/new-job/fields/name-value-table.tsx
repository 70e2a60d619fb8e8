import { useRef, useState } from 'react';
import { Button } from '../../../components/button/button.tsx';
import { IconButton } from '../../../components/button/icon-button.tsx';
import { IconPlus, IconX } from '../../../components/icons.ts';
import fieldStyles from '../../../components/text-field/field.module.css';
import styles from './fields.module.css';
import { TAKES_PLACEHOLDERS, useInsert } from './insertion.tsx';
import { Labelled } from './labelled.tsx';
import { SecretMenu } from './secret-menu.tsx';

interface Row {
  key: number;
  name: string;
  value: string;
}

let nextKey = 0;
const newRow = (name: string, value: string): Row => ({ key: nextKey++, name, value });
const rowsOf = (map: Record<string, string>): Row[] =>
  Object.entries(map).map(([name, value]) => newRow(name, value));
const mapOf = (rows: readonly Row[]) =>
  Object.fromEntries(rows.filter((row) => row.name !== '').map((row) => [row.name, row.value]));

/** Names and values; a row without a name yet is kept here and not in the document. */
export function NameValueTable(props: {
  label: string;
  /** What a row is, in lower case: "variable". */
  noun: string;
  namePlaceholder: string;
  map: Record<string, string>;
  error?: string | undefined;
  /** The row that a secret makes where there is no row to put it in. */
  secretRow: (placeholder: string, name: string) => { name: string; value: string };
  onChange: (map: Record<string, string>) => void;
}) {
  const { noun } = props;
  const table = useRef<HTMLFieldSetElement>(null);
  const insert = useInsert();
  const [rows, setRows] = useState(() => rowsOf(props.map));
  const [seen, setSeen] = useState(() => JSON.stringify(props.map));
  const now = JSON.stringify(props.map);
  if (seen !== now) {
    setSeen(now);
    if (JSON.stringify(mapOf(rows)) !== now) setRows(rowsOf(props.map));
  }
  const change = (changed: Row[]) => {
    setRows(changed);
    props.onChange(mapOf(changed));
  };
  const edit = (key: number, part: Partial<Row>) =>
    change(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  const addRow = () => {
    setRows([...rows, newRow('', '')]);
    requestAnimationFrame(() =>
      table.current?.querySelectorAll<HTMLInputElement>('[data-name]').item(rows.length)?.focus(),
    );
  };
  const takeSecret = (placeholder: string, name: string) => {
    if (rows.length > 0) return insert(placeholder, table.current);
    const row = props.secretRow(placeholder, name);
    change([newRow(row.name, row.value)]);
  };

  return (
    <Labelled
      ref={table}
      label={props.label}
      error={props.error}
      action={<SecretMenu where={props.label.toLowerCase()} onPick={takeSecret} />}
    >
      {rows.map((row, index) => (
        <div key={row.key} className={styles.pair}>
          <input
            data-name
            aria-label={`Name of ${noun} ${index + 1}`}
            placeholder={props.namePlaceholder}
            spellCheck={false}
            className={`${fieldStyles.input} ${fieldStyles.mono}`}
            value={row.name}
            onChange={(event) => edit(row.key, { name: event.currentTarget.value })}
          />
          <input
            {...TAKES_PLACEHOLDERS}
            aria-label={`Value of ${noun} ${index + 1}`}
            placeholder="value"
            spellCheck={false}
            className={`${fieldStyles.input} ${fieldStyles.mono}`}
            value={row.value}
            onChange={(event) => edit(row.key, { value: event.currentTarget.value })}
          />
          <IconButton
            label={`Remove ${noun} ${index + 1}`}
            icon={<IconX size={14} />}
            onClick={() => change(rows.filter((each) => each.key !== row.key))}
          />
        </div>
      ))}
      <Button variant="quiet" className={styles.add} icon={<IconPlus size={14} />} onClick={addRow}>
        Add {noun}
      </Button>
    </Labelled>
  );
}
