import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react';
import styles from './tabs.module.css';

export interface TabItem<T extends string> {
  value: T;
  label: string;
}

/** A row of tabs and the panel of the chosen one; arrow keys, Home and End move between them. */
export function Tabs<T extends string>(props: {
  label: string;
  value: T;
  items: readonly TabItem<T>[];
  onChange: (value: T) => void;
  children: ReactNode;
}) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const index = props.items.findIndex((item) => item.value === props.value);

  const press = (event: KeyboardEvent) => {
    const last = props.items.length - 1;
    const next = {
      ArrowLeft: index === 0 ? last : index - 1,
      ArrowRight: index === last ? 0 : index + 1,
      Home: 0,
      End: last,
    }[event.key];
    const item = next === undefined ? undefined : props.items[next];
    if (item === undefined || next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    props.onChange(item.value);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
  };

  return (
    <>
      <div ref={list} role="tablist" aria-label={props.label} className={styles.list} onKeyDown={press}>
        {props.items.map((item) => {
          const chosen = item.value === props.value;
          return (
            <button
              key={item.value}
              type="button"
              role="tab"
              id={`${id}-${item.value}`}
              aria-selected={chosen}
              aria-controls={`${id}-panel`}
              tabIndex={chosen ? 0 : -1}
              className={styles.tab}
              onClick={() => props.onChange(item.value)}
            >
              {item.label}
            </button>
          );
        })}
      </div>
      <div
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${props.value}`}
        className={styles.panel}
      >
        {props.children}
      </div>
    </>
  );
}
