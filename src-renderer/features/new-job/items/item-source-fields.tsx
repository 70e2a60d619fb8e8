import { assertNever } from '#shared/app-error.ts';
import { SelectField } from '../../../components/text-field/text-field.tsx';
import { type FileFormat, formatOfFile, type ItemSource, linesOf, valuesOf } from '../draft/items.ts';
import { type JsonObject, numberOf, objectOf, textOf } from '../draft/values.ts';
import { useDraftForm } from '../draft-context.tsx';
import { JsonField } from '../fields/json-field.tsx';
import { NumberField } from '../fields/parsed-field.tsx';
import { PathField } from '../fields/path-field.tsx';
import { ItemLines } from './item-lines.tsx';
import styles from './items.module.css';
import { MatrixTable } from './matrix-table.tsx';

const ITEMS = '/metadata/jobdeck/items';
const FORMATS: readonly { value: FileFormat; label: string }[] = [
  { value: 'lines', label: 'A text a line' },
  { value: 'jsonl', label: 'JSON a line (JSONL)' },
  { value: 'csv', label: 'CSV with a header' },
];

/** The fields of one kind of source. */
export function ItemSourceFields({ source }: { source: ItemSource }) {
  const { form, onChange, errorAt } = useDraftForm();
  const items = objectOf(form.items);
  switch (source) {
    case 'lines':
      return (
        <ItemLines
          values={valuesOf(items)}
          error={errorAt(ITEMS)}
          onChange={(text) => onChange({ items: { values: linesOf(text) } })}
        />
      );
    case 'json':
      return (
        <JsonField
          label="Items"
          value={valuesOf(items)}
          hint="A list; each element is an item."
          refuse={(value) =>
            Array.isArray(value) ? undefined : 'Expected a list, such as [{"path": "a.jpg"}].'
          }
          error={errorAt(ITEMS)}
          onChange={(values) => onChange({ items: { values } })}
        />
      );
    case 'file':
      return (
        <div className={styles.file}>
          <PathField
            label="File"
            what="items"
            placeholder="/path/of/rows.csv"
            value={textOf(items.file)}
            error={errorAt(ITEMS)}
            onChange={(file) => onChange({ items: withFile(items, file) })}
          />
          <SelectField
            label="Format"
            value={FORMATS.find(({ value }) => value === items.format)?.value ?? 'lines'}
            options={FORMATS}
            onChange={(format) => onChange({ items: { ...items, format } })}
          />
        </div>
      );
    case 'range': {
      const range = objectOf(items.range);
      const set = (part: Record<string, number | null>) => {
        const { from, to, step } = { ...range, ...part };
        onChange({
          items: { range: { from: from ?? 0, to: to ?? 0, ...(typeof step === 'number' && { step }) } },
        });
      };
      return (
        <div className={styles.three}>
          <NumberField
            label="From"
            value={numberOf(range.from)}
            error={errorAt(`${ITEMS}/range`)}
            onChange={(from) => set({ from })}
          />
          <NumberField label="To" value={numberOf(range.to)} onChange={(to) => set({ to })} />
          <NumberField
            label="Step"
            placeholder="1"
            range={{ min: 1 }}
            value={numberOf(range.step)}
            onChange={(step) => set({ step })}
          />
        </div>
      );
    }
    case 'matrix':
      return (
        <MatrixTable
          matrix={objectOf(items.matrix)}
          error={errorAt(ITEMS)}
          onChange={(matrix) => onChange({ items: { matrix } })}
        />
      );
    case 'failed':
      return (
        <p className={styles.note}>
          The items of the batch <code className={styles.code}>{textOf(items.failed_of)}</code> that did not
          complete.
        </p>
      );
    default:
      return assertNever(source);
  }
}

/** Another file; its format is guessed anew where its name promises another one. */
function withFile(items: JsonObject, file: string): JsonObject {
  const isAnother = formatOfFile(file) !== formatOfFile(textOf(items.file));
  return { ...items, file, ...(isAnother && { format: formatOfFile(file) }) };
}
