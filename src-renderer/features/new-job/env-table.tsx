import { useState } from 'react';
import { Button } from '../../components/button/button.tsx';
import { IconButton } from '../../components/button/icon-button.tsx';
import { IconPlus, IconX } from '../../components/icons.ts';
import fieldStyles from '../../components/text-field/field.module.css';
import styles from './rows.module.css';

interface Row {
  key: number;
  name: string;
  value: string;
}

let nextKey = 0;
const rowsOf = (env: Record<string, string>): Row[] =>
  Object.entries(env).map(([name, value]) => ({ key: nextKey++, name, value }));
const envOf = (rows: readonly Row[]) =>
  Object.fromEntries(rows.filter((row) => row.name !== '').map((row) => [row.name, row.value]));

/** Names and values; a row without a name yet is kept here and not in the document. */
export function EnvTable(props: {
  env: Record<string, string>;
  onChange: (env: Record<string, string>) => void;
}) {
  const [rows, setRows] = useState(() => rowsOf(props.env));
  const [seen, setSeen] = useState(() => JSON.stringify(props.env));
  const now = JSON.stringify(props.env);
  if (seen !== now) {
    setSeen(now);
    if (JSON.stringify(envOf(rows)) !== now) setRows(rowsOf(props.env));
  }
  const change = (changed: Row[]) => {
    setRows(changed);
    props.onChange(envOf(changed));
  };
  const edit = (key: number, part: Partial<Row>) =>
    change(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));

  return (
    <fieldset className={styles.rows}>
      <legend className={fieldStyles.label}>Environment</legend>
      {rows.map((row, index) => (
        <div key={row.key} className={styles.pair}>
          <input
            aria-label={`Name of variable ${index + 1}`}
            placeholder="NAME"
            spellCheck={false}
            className={`${fieldStyles.input} ${fieldStyles.mono}`}
            value={row.name}
            onChange={(event) => edit(row.key, { name: event.currentTarget.value })}
          />
          <input
            aria-label={`Value of variable ${index + 1}`}
            placeholder="value"
            spellCheck={false}
            className={`${fieldStyles.input} ${fieldStyles.mono}`}
            value={row.value}
            onChange={(event) => edit(row.key, { value: event.currentTarget.value })}
          />
          <IconButton
            label={`Remove variable ${index + 1}`}
            icon={<IconX size={14} />}
            onClick={() => change(rows.filter((each) => each.key !== row.key))}
          />
        </div>
      ))}
      <Button
        variant="quiet"
        className={styles.add}
        icon={<IconPlus size={14} />}
        onClick={() => setRows([...rows, { key: nextKey++, name: '', value: '' }])}
      >
        Add variable
      </Button>
    </fieldset>
  );
}
