import { useRef } from 'react';
import { Button } from '../../../components/button/button.tsx';
import { IconButton } from '../../../components/button/icon-button.tsx';
import { IconPlus, IconX } from '../../../components/icons.ts';
import fieldStyles from '../../../components/text-field/field.module.css';
import styles from '../fields/fields.module.css';
import { TAKES_PLACEHOLDERS } from '../fields/insertion.tsx';
import { Labelled } from '../fields/labelled.tsx';

/** One field an argument: what is in it reaches the program as it is. Enter adds the next. */
export function ArgsList(props: {
  args: readonly string[];
  error?: string | undefined;
  onChange: (args: string[]) => void;
}) {
  const { args, onChange } = props;
  // A program with no arguments shows where the first one goes.
  const shown = args.length === 0 ? [''] : args;
  const list = useRef<HTMLFieldSetElement>(null);
  const insert = (index: number) => {
    onChange([...args.slice(0, index), '', ...args.slice(index)]);
    requestAnimationFrame(() => list.current?.querySelectorAll('input')[index]?.focus());
  };
  return (
    <Labelled ref={list} label="Arguments" error={props.error}>
      {shown.map((arg, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an argument is its place
        <div key={index} className={styles.single}>
          <input
            {...TAKES_PLACEHOLDERS}
            aria-label={`Argument ${index + 1}`}
            spellCheck={false}
            className={`${fieldStyles.input} ${fieldStyles.mono}`}
            value={arg}
            onChange={(event) => onChange(shown.with(index, event.currentTarget.value))}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) insert(index + 1);
            }}
          />
          {args.length === 0 ? null : (
            <IconButton
              label={`Remove argument ${index + 1}`}
              icon={<IconX size={14} />}
              onClick={() => onChange(args.toSpliced(index, 1))}
            />
          )}
        </div>
      ))}
      {args.length === 0 ? null : (
        <Button
          variant="quiet"
          className={styles.add}
          icon={<IconPlus size={14} />}
          onClick={() => insert(args.length)}
        >
          Add argument
        </Button>
      )}
    </Labelled>
  );
}
