import { useState } from 'react';
import { SelectField } from '../../../components/text-field/text-field.tsx';
import type { RateLimit } from '../draft/items.ts';
import { useDraftForm } from '../draft-context.tsx';
import { NumberField } from '../fields/parsed-field.tsx';
import styles from './items.module.css';

/** How the items are worked on. */
export function ItemOptions() {
  const { form, onChange, errorAt } = useDraftForm();
  const [lastPer, setLastPer] = useState<RateLimit['per']>('minute');
  const per = form.rateLimit?.per ?? lastPer;
  return (
    <div className={styles.options}>
      <NumberField
        label="At a time"
        placeholder="1"
        range={{ min: 1 }}
        value={form.concurrency}
        error={errorAt('/metadata/jobdeck/concurrency')}
        onChange={(concurrency) => onChange({ concurrency })}
      />
      <NumberField
        label="Rate limit"
        placeholder="No limit"
        range={{ min: 1 }}
        value={form.rateLimit?.count ?? null}
        error={errorAt('/metadata/jobdeck/rate_limit')}
        onChange={(count) => onChange({ rateLimit: count === null ? null : { count, per } })}
      />
      <SelectField<RateLimit['per']>
        label="Per"
        value={per}
        options={[
          { value: 'minute', label: 'minute' },
          { value: 'second', label: 'second' },
        ]}
        onChange={(changed) => {
          setLastPer(changed);
          if (form.rateLimit) onChange({ rateLimit: { ...form.rateLimit, per: changed } });
        }}
      />
      <SelectField
        label="The batch has failed if"
        value={form.failWhen}
        options={[
          { value: 'any', label: 'any item failed' },
          { value: 'all', label: 'all items failed' },
          { value: 'never', label: 'never' },
        ]}
        onChange={(failWhen) => onChange({ failWhen })}
      />
    </div>
  );
}
