import { useEffect, useRef } from 'react';
import { Button } from '../../components/button/button.tsx';
import { countOf } from '../../words/count-words.ts';

/** In the place of the buttons' note: what would be lost. */
export function LeaveNote({ decided }: { decided: number }) {
  return (
    <span role="alert">
      {`${countOf(decided, 'document')} ${decided === 1 ? 'is' : 'are'} decided one by one. Leaving forgets that.`}
    </span>
  );
}

/** Asked where a preview is left with decisions that were made one by one. Enter stays, and gives the focus back. */
export function LeaveButtons(props: { onLeave: () => void; onStay: () => void }) {
  const stay = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    stay.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <>
      <Button variant="danger" onClick={props.onLeave}>
        Leave
      </Button>
      <Button ref={stay} variant="primary" onClick={props.onStay}>
        Stay
      </Button>
    </>
  );
}
