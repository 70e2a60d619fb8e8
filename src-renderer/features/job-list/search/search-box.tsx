import { type KeyboardEvent, type RefObject, useId, useState } from 'react';
import { focusList } from '../../../components/focus-list.ts';
import { IconBookmarkPlus, IconSearch, IconX } from '../../../components/icons.ts';
import { parseSearch } from '../../../db/search/parse-search.ts';
import { useView } from '../../../store/view-store.ts';
import { type Completion, completed } from './completion.ts';
import { CompletionList, optionId } from './completion-list.tsx';
import styles from './search-box.module.css';
import { useCompletions } from './use-completions.ts';

/** The search: words and terms, with what can be typed next below it (WAI-ARIA combobox with a list). */
export function SearchBox(props: { field: RefObject<HTMLInputElement | null>; onSave: () => void }) {
  const { field } = props;
  const search = useView((view) => view.search);
  const setSearch = useView((view) => view.setSearch);
  const listId = useId();
  /** Where one types; null while the list is closed. */
  const [caret, setCaret] = useState<number | null>(null);
  const [active, setActive] = useState(-1);
  const completions = useCompletions(search, caret);
  // What is wrong with another term is said below, where the list would lie over it.
  const isElsewhere = parseSearch(search).problems.some(({ end }) => end !== caret);
  const options = isElsewhere ? [] : (completions?.options ?? []);

  const openAt = (input: HTMLInputElement) => {
    setCaret(input.selectionStart === input.selectionEnd ? input.selectionStart : null);
    setActive(-1);
  };
  const close = () => {
    setCaret(null);
    setActive(-1);
  };
  const take = (option: Completion) => {
    if (completions === null || field.current === null) return;
    const next = completed(search, completions, option);
    setSearch(next.search);
    // The field gets its text with the next render: the caret is set behind it.
    requestAnimationFrame(() => field.current?.setSelectionRange(next.caret, next.caret));
    if (option.isKey) setCaret(next.caret);
    else close();
    setActive(-1);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const chosen = options[active];
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (options.length === 0) openAt(event.currentTarget);
      else setActive(stepped(active, event.key === 'ArrowDown' ? 1 : -1, options.length));
    } else if (chosen !== undefined && (event.key === 'Enter' || event.key === 'Tab')) take(chosen);
    else if (event.key === 'Enter') {
      close();
      leave(event.currentTarget);
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      if (options.length > 0) close();
      else if (search !== '') {
        // With the list closed: it would take the next Escape.
        setSearch('');
        close();
      } else leave(event.currentTarget);
    } else return;
    event.preventDefault();
  };

  return (
    <search className={styles.search}>
      <IconSearch size={15} className={styles.glass} aria-hidden="true" />
      <input
        ref={field}
        type="search"
        role="combobox"
        aria-label="Search jobs"
        aria-autocomplete="list"
        aria-expanded={options.length > 0}
        aria-controls={listId}
        aria-activedescendant={active >= 0 ? optionId(listId, active) : undefined}
        placeholder="Search, or status:failed tag:photos"
        className={styles.field}
        value={search}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          setSearch(event.currentTarget.value);
          // Between two terms nothing is offered until one asks, with an arrow key.
          if (/(?:^|\s)$/u.test(textBefore(event.currentTarget))) close();
          else openAt(event.currentTarget);
        }}
        onKeyDown={onKeyDown}
        onBlur={close}
      />
      {search.trim() === '' ? null : (
        <>
          <button
            type="button"
            className={`${styles.action} ${styles.save}`}
            aria-label="Save as a view"
            title="Save as a view"
            onClick={props.onSave}
          >
            <IconBookmarkPlus size={15} stroke={1.75} />
          </button>
          <button
            type="button"
            className={styles.action}
            aria-label="Clear search"
            onClick={() => {
              setSearch('');
              field.current?.focus();
            }}
          >
            <IconX size={14} />
          </button>
        </>
      )}
      <CompletionList id={listId} options={options} active={active} onTake={take} />
    </search>
  );
}

function textBefore({ value, selectionStart }: HTMLInputElement): string {
  return value.slice(0, selectionStart ?? value.length);
}

/** From -1, where none is chosen, through all and back to it. */
function stepped(active: number, step: 1 | -1, count: number): number {
  const next = active + step;
  if (next >= count) return -1;
  return next < -1 ? count - 1 : next;
}

/** From the search to the list, whose keys work there at once. */
function leave(field: HTMLInputElement): void {
  if (!focusList()) field.blur();
}
