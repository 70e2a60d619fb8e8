import { useState } from 'react';

/**
 * A field whose text says more than its value: "5 mi" on the way to "5 min". The text is kept while it stands for
 * the value, and made anew when the value was changed elsewhere.
 */
export function useOwnText<T>(
  value: T,
  format: (value: T) => string,
  standsFor: (text: string, value: T) => boolean,
): [string, (text: string) => void] {
  const [text, setText] = useState(() => format(value));
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    if (!standsFor(text, value)) setText(format(value));
  }
  return [text, setText];
}
