/** The cells of a list that is drawn as a grid. */
import type { ReactNode } from 'react';
import { formatAgo, formatExact } from '../format/relative-time.ts';
import { useNow } from '../format/use-now.ts';

export function Cell(props: {
  className: string | undefined;
  title?: string | undefined;
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual list can not be a table
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
    <span role="gridcell" className={props.className} title={props.title}>
      {props.children}
    </span>
  );
}

/** How long ago; the exact time on hover. Empty where there is no time. */
export function When({ className, atMs }: { className: string | undefined; atMs: number }) {
  const now = useNow(15_000);
  const isTime = Number.isFinite(atMs);
  return (
    <Cell className={className} title={isTime ? formatExact(atMs) : undefined}>
      {isTime ? formatAgo(atMs, now) : ''}
    </Cell>
  );
}
