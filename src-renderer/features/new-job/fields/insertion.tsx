import { createContext, type ReactNode, useCallback, useContext, useRef } from 'react';

/** Marks a field that may hold placeholders: `<input {...TAKES_PLACEHOLDERS} />`, or what is around an editor. */
export const TAKES_PLACEHOLDERS = { 'data-placeholders': '' } as const;
const MARK = '[data-placeholders]';
const EDITABLE = 'input, textarea, [contenteditable=true]';

type Insert = (text: string, within?: Element | null) => void;

const Insertion = createContext<Insert>(() => {});

/** Knows which of the fields inside was last written in: there a placeholder that is chosen goes. */
export function InsertionArea({
  className,
  children,
}: {
  className?: string | undefined;
  children: ReactNode;
}) {
  const area = useRef<HTMLDivElement>(null);
  const last = useRef<HTMLElement | null>(null);
  const insert = useCallback<Insert>((text, within) => {
    const around = within ?? area.current;
    const isThere = last.current !== null && around?.contains(last.current) === true;
    const field = isThere ? last.current : firstField(around);
    if (field === null) return;
    field.focus();
    // The one way to write into a field that leaves its undo whole; every view of this application is Chromium's.
    document.execCommand('insertText', false, text);
  }, []);
  return (
    <Insertion.Provider value={insert}>
      <div
        ref={area}
        className={className}
        onFocusCapture={({ target }) => {
          if (target instanceof HTMLElement && target.matches(EDITABLE) && target.closest(MARK))
            last.current = target;
        }}
      >
        {children}
      </div>
    </Insertion.Provider>
  );
}

/** Writes a placeholder into the field that was last written in, or the first there is, of those `within`. */
export function useInsert(): Insert {
  return useContext(Insertion);
}

function firstField(around: Element | null): HTMLElement | null {
  const marked = around?.querySelector<HTMLElement>(MARK) ?? null;
  return marked === null || marked.matches(EDITABLE) ? marked : marked.querySelector<HTMLElement>(EDITABLE);
}
