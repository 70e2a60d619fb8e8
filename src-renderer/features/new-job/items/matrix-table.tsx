import { useState } from 'react';
import { Button } from '../../../components/button/button.tsx';
import { IconButton } from '../../../components/button/icon-button.tsx';
import { IconPlus, IconX } from '../../../components/icons.ts';
import fieldStyles from '../../../components/text-field/field.module.css';
import { matrixLine, parseMatrixValues } from '../draft/matrix-values.ts';
import type { JsonObject } from '../draft/values.ts';
import fieldsStyles from '../fields/fields.module.css';
import { Labelled } from '../fields/labelled.tsx';

interface Row {
  key: number;
  name: string;
  line: string;
}

let nextKey = 0;
const rowsOf = (matrix: JsonObject): Row[] =>
  Object.entries(matrix).map(([name, values]) => ({
    key: nextKey++,
    name,
    line: matrixLine(Array.isArray(values) ? values : []),
  }));
const matrixOf = (rows: readonly Row[]): JsonObject =>
  Object.fromEntries(
    rows.filter(({ name }) => name !== '').map(({ name, line }) => [name, parseMatrixValues(line)]),
  );

/** Names and their values: every combination is an item. */
export function MatrixTable(props: {
  matrix: JsonObject;
  error?: string | undefined;
  onChange: (matrix: JsonObject) => void;
}) {
  const [rows, setRows] = useState(() => rowsOf(props.matrix));
  const [seen, setSeen] = useState(() => JSON.stringify(props.matrix));
  const now = JSON.stringify(props.matrix);
  if (seen !== now) {
    setSeen(now);
    if (JSON.stringify(matrixOf(rows)) !== now) setRows(rowsOf(props.matrix));
  }
  const change = (changed: Row[]) => {
    setRows(changed);
    props.onChange(matrixOf(changed));
  };
  const edit = (key: number, part: Partial<Row>) =>
    change(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));

  return (
    <Labelled
      label="Names and their values"
      error={props.error}
      hint="Every combination is an item. Values are separated by commas."
    >
      {rows.map((row, index) => (
        <div key={row.key} className={fieldsStyles.pair}>
          <input
            aria-label={`Name ${index + 1}`}
            placeholder="size"
            spellCheck={false}
            className={`${fieldStyles.input} ${fieldStyles.mono}`}
            value={row.name}
            onChange={(event) => edit(row.key, { name: event.currentTarget.value })}
          />
          <input
            aria-label={`Values of ${row.name || `name ${index + 1}`}`}
            placeholder="320, 640, 1280"
            spellCheck={false}
            className={`${fieldStyles.input} ${fieldStyles.mono}`}
            value={row.line}
            onChange={(event) => edit(row.key, { line: event.currentTarget.value })}
          />
          <IconButton
            label={`Remove ${row.name || `name ${index + 1}`}`}
            icon={<IconX size={14} />}
            onClick={() => change(rows.filter((each) => each.key !== row.key))}
          />
        </div>
      ))}
      <Button
        variant="quiet"
        className={fieldsStyles.add}
        icon={<IconPlus size={14} />}
        onClick={() => setRows([...rows, { key: nextKey++, name: '', line: '' }])}
      >
        Add name
      </Button>
    </Labelled>
  );
}
