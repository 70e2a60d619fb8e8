import { memo } from 'react';
import { ansiSpans } from './ansi-spans.ts';
import styles from './ansi-text.module.css';

/** A line of terminal text in its colours. */
export const AnsiText = memo(function AnsiText({ text, state }: { text: string; state: string }) {
  const spans = ansiSpans(text, state);
  return spans.map((span, index) => {
    const looks = span.looks.map((look) => styles[look]).filter(Boolean);
    if (looks.length === 0 && !span.color && !span.background) return span.text;
    return (
      <span
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a line have no other name
        key={index}
        className={looks.join(' ')}
        style={
          span.color || span.background ? { color: span.color, backgroundColor: span.background } : undefined
        }
      >
        {span.text}
      </span>
    );
  });
});
