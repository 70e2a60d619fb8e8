import { type MouseEvent, memo } from 'react';
import { formatDuration } from '../../components/format/duration.ts';
import { Cell, When } from '../../components/grid-cell/grid-cell.tsx';
import { IconCheck } from '../../components/icons.ts';
import { StatusIcon } from '../../components/status-icon/status-icon.tsx';
import type { JobRow } from '../../db/job-row.ts';
import { kindWord } from '../../words/kind-words.ts';
import { lookOf, needsApproval, stateText } from '../../words/status-words.ts';
import styles from './job-line.module.css';
import { LiveState } from './live-state.tsx';

export interface JobLineProps {
  row: JobRow;
  index: number;
  top: number;
  isSelected: boolean;
  isActive: boolean;
  onPress: (event: MouseEvent, row: JobRow) => void;
  onToggle: (row: JobRow) => void;
  onOpen: (row: JobRow) => void;
  onMenu: (event: MouseEvent, row: JobRow) => void;
}

/** The id of a row's element, for `aria-activedescendant`. */
export function lineId(row: Pick<JobRow, 'id'>): string {
  return `row-${row.id}`;
}

/** One job in the list. */
export const JobLine = memo(function JobLine(props: JobLineProps) {
  const { row, isSelected } = props;
  const look = lookOf(row);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual list can not be a table
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid hears the keys
    <div
      role="row"
      id={lineId(row)}
      aria-rowindex={props.index + 2}
      aria-selected={isSelected}
      data-active={props.isActive || undefined}
      className={styles.line}
      style={{ transform: `translateY(${props.top}px)` }}
      onClick={(event) => props.onPress(event, row)}
      onDoubleClick={() => props.onOpen(row)}
      onContextMenu={(event) => props.onMenu(event, row)}
    >
      <Cell className={styles.status}>
        <StatusIcon look={look} />
        <span
          className={styles.box}
          data-checked={isSelected || undefined}
          aria-hidden="true"
          onClick={(event) => {
            event.stopPropagation();
            props.onToggle(row);
          }}
        >
          {isSelected ? <IconCheck size={12} stroke={3} /> : null}
        </span>
      </Cell>
      <Cell className={styles.name}>
        <span className={styles.title}>{row.name}</span>
        {row.tags.slice(0, 2).map((tag) => (
          <span key={tag} className={styles.tag}>
            {tag}
          </span>
        ))}
      </Cell>
      <Cell className={styles.kind}>{kindWord(row.kind, row.jobType)}</Cell>
      <Cell className={`${styles.state} ${needsApproval(row) ? styles.approval : styles[look]}`}>
        {look === 'running' || look === 'waiting' ? <LiveState row={row} /> : stateText(row)}
      </Cell>
      <Cell className={styles.duration}>
        {row.job.total_duration_ns === null ? '' : formatDuration(row.job.total_duration_ns / 1e6)}
      </Cell>
      <When className={styles.ended} atMs={row.endedAtMs} />
      <When className={styles.when} atMs={row.createdAtMs} />
    </div>
  );
});
