import { useEffect, useRef } from 'react';
import type { Completion } from './completion.ts';
import styles from './completion-list.module.css';

/** The id of an option's element, for `aria-activedescendant`. */
export function optionId(listId: string, index: number): string {
  return `${listId}-${index}`;
}

/** What can be typed next. The field keeps the focus and hears the keys. */
export function CompletionList(props: {
  id: string;
  options: readonly Completion[];
  active: number;
  onTake: (option: Completion) => void;
}) {
  const { id, options, active, onTake } = props;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <div
      ref={list}
      role="listbox"
      id={id}
      aria-label="Search terms"
      className={styles.list}
      hidden={options.length === 0}
      // Neither on an option nor on the bar at its side may the field lose the focus, which would close the list.
      onMouseDown={(event) => event.preventDefault()}
    >
      {options.map((option, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the field has the focus and names the active option
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field hears the keys
        <div
          key={option.term}
          role="option"
          id={optionId(id, index)}
          aria-selected={index === active}
          className={styles.option}
          onClick={() => onTake(option)}
        >
          <span className={styles.term}>{option.term}</span>
          <span className={styles.hint}>{option.hint}</span>
        </div>
      ))}
    </div>
  );
}
