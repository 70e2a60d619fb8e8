import { type Ref, useImperativeHandle, useRef } from 'react';
import { flushSync } from 'react-dom';
import { Button } from '../../components/button/button.tsx';
import { IconButton } from '../../components/button/icon-button.tsx';
import { focusList } from '../../components/focus-list.ts';
import { IconInbox, IconRotateClockwise, IconSearch, IconSettings, IconX } from '../../components/icons.ts';
import { useReceiverState } from '../../services/use-receiver.ts';
import { useCallbackView } from '../../store/callback-store.ts';
import { useDialog } from '../../store/dialog-store.ts';
import { useView } from '../../store/view-store.ts';
import styles from './callbacks-page.module.css';

export interface CallbackToolbarHandle {
  focusSearch(): void;
}

/** Above the callbacks: search, the receiver, and all that failed once more. */
export function CallbackToolbar(props: { handle: Ref<CallbackToolbarHandle>; failed: number }) {
  const text = useCallbackView((view) => view.filters.text);
  const setFilters = useCallbackView((view) => view.setFilters);
  const open = useDialog((state) => state.open);
  const receiver = useReceiverState();
  const field = useRef<HTMLInputElement>(null);
  useImperativeHandle(
    props.handle,
    () => ({
      focusSearch() {
        // In a narrow window the detail may lie over the list: what is hidden takes no focus.
        flushSync(() => useView.getState().setDetailOpen(false));
        field.current?.select();
      },
    }),
    [],
  );
  const isListening = receiver?.url != null;
  return (
    <div className={styles.toolbar}>
      <search className={styles.search}>
        <IconSearch size={15} className={styles.glass} aria-hidden="true" />
        <input
          ref={field}
          type="search"
          aria-label="Search callbacks"
          placeholder="Job or URL"
          className={styles.field}
          value={text}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setFilters({ text: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            if (text !== '') setFilters({ text: '' });
            else focusList();
          }}
        />
        {text === '' ? null : (
          <IconButton
            label="Clear search"
            className={styles.clear}
            icon={<IconX size={14} />}
            onClick={() => {
              setFilters({ text: '' });
              field.current?.focus();
            }}
          />
        )}
      </search>
      {props.failed > 0 ? (
        <Button icon={<IconRotateClockwise size={15} />} onClick={() => open({ kind: 'resend-callbacks' })}>
          Send all given up again
        </Button>
      ) : null}
      <Button
        icon={isListening ? <span className={styles.listening} /> : <IconInbox size={15} />}
        title={isListening ? `It listens at ${receiver.url}` : 'Try callbacks out on this computer'}
        onClick={() => open({ kind: 'receiver' })}
      >
        Receiver
      </Button>
      <IconButton
        label="Settings of callbacks"
        icon={<IconSettings size={17} stroke={1.75} />}
        onClick={() => open({ kind: 'settings', page: 'callbacks' })}
      />
    </div>
  );
}
