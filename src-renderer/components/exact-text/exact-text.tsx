import { useMemo } from 'react';
import styles from './exact-text.module.css';
import { splitHidden } from './split-hidden.ts';

/** Text as it really is: a character that hides, or turns the direction of others, is shown by its name. */
export function ExactText({ children }: { children: string }) {
  const pieces = useMemo(() => splitHidden(children), [children]);
  return (
    <>
      {pieces.map((piece, index) =>
        piece.isHidden ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other identity, and no state
          <span key={index} className={styles.hidden} title="A character that cannot be seen">
            {piece.text}
          </span>
        ) : (
          piece.text
        ),
      )}
    </>
  );
}
