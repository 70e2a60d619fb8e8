import { Segmented } from '../../../components/segmented/segmented.tsx';
import { ITEM_SOURCES, type ItemSource, itemsAs, sourceOf } from '../draft/items.ts';
import { useDraftForm } from '../draft-context.tsx';
import { ItemOptions } from './item-options.tsx';
import { ItemSourceFields } from './item-source-fields.tsx';
import { ItemTable } from './item-table.tsx';
import styles from './items.module.css';
import { PlaceholderChips } from './placeholder-chips.tsx';

const SOURCE_LABELS: Record<Exclude<ItemSource, 'failed'>, string> = {
  lines: 'Lines',
  json: 'JSON',
  file: 'File',
  range: 'Range',
  matrix: 'Combinations',
};
const SOURCES = ITEM_SOURCES.map((value) => ({ value, label: SOURCE_LABELS[value] }));

/** What a batch works on, and how many at a time. */
export function ItemsFields() {
  const { form, onChange } = useDraftForm();
  const source = sourceOf(form.items);
  return (
    <fieldset className={styles.items}>
      <legend className="visually-hidden">Items</legend>
      {source === 'failed' ? null : (
        <div>
          <Segmented
            label="Where the items come from"
            value={source}
            options={SOURCES}
            onChange={(to) => onChange({ items: itemsAs(to, form.items) })}
          />
        </div>
      )}
      <ItemSourceFields source={source} />
      <ItemTable />
      <ItemOptions />
      <PlaceholderChips />
    </fieldset>
  );
}
