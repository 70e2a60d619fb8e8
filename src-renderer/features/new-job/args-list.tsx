import { useRef } from 'react';
import { Button } from '../../components/button/button.tsx';
import { IconButton } from '../../components/button/icon-button.tsx';
import { IconPlus, IconX } from '../../components/icons.ts';
import fieldStyles from '../../components/text-field/field.module.css';
import styles from './rows.module.css';

/** One field an argument: what is in it reaches the program as it is. Enter adds the next. */
export function ArgsList({
  args,
  onChange,
}: {
  args: readonly string[];
  onChange: (args: string[]) => void;
}) {
  const list = useRef<HTMLFieldSetElement>(null);
  const insert = (index: number) => {
    onChange([...args.slice(0, index), '', ...args.slice(index)]);
    requestAnimationFrame(() => list.current?.querySelectorAll('input')[index]?.focus());
  };
  return (
    <fieldset ref={list} className={styles.rows}>
      <legend className={fieldStyles.label}>Arguments</legend>
      {args.map((arg, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an argument is its place
        <div key={index} className={styles.single}>
          <input
            aria-label={`Argument ${index + 1}`}
            spellCheck={false}
            className={`${fieldStyles.input} ${fieldStyles.mono}`}
            value={arg}
            onChange={(event) => onChange(args.with(index, event.currentTarget.value))}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) insert(index + 1);
            }}
          />
          <IconButton
            label={`Remove argument ${index + 1}`}
            icon={<IconX size={14} />}
            onClick={() => onChange(args.toSpliced(index, 1))}
          />
        </div>
      ))}
      <Button
        variant="quiet"
        className={styles.add}
        icon={<IconPlus size={14} />}
        onClick={() => insert(args.length)}
      >
        Add argument
      </Button>
    </fieldset>
  );
}
