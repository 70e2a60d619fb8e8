import { useState } from 'react';
import { ExactText } from '../../components/exact-text/exact-text.tsx';
import {
  IconAlertTriangle,
  IconCircleMinus,
  IconCirclePlus,
  IconCircleXFilled,
} from '../../components/icons.ts';
import { countOf, formatCount } from '../../words/count-words.ts';
import styles from './document-line.module.css';
import type { ImportLine } from './import-listing.ts';
import { OUTCOME_WORDS } from './import-words.ts';

/** More than so many notes are folded away. */
const FEW = 3;

/** One document: what it is, what becomes of it, and what is wrong with it or was repaired. */
export function DocumentLine({ line }: { line: ImportLine }) {
  return (
    <div className={styles.document}>
      <Mark line={line} />
      <span className={styles.name}>
        <span className={styles.title} title={line.name}>
          <ExactText>{line.name}</ExactText>
        </span>
        {line.ended === null ? null : <span className={styles.ended}>{line.ended} elsewhere</span>}
      </span>
      <span className={styles.place} title={`${line.file}, line ${line.line}`}>
        <span className={styles.file}>{line.file}</span>:{formatCount(line.line)}
      </span>
      <span className={`${styles.outcome} ${styles[lookOf(line)]}`}>
        {line.outcome === 'new' && line.isRepaired ? 'Repaired' : OUTCOME_WORDS[line.outcome]}
      </span>
      <span className={styles.runs} title={line.runs ?? undefined}>
        <Runs line={line} />
      </span>
      <code className={styles.id} title={line.id ?? undefined}>
        {line.id === line.name ? '' : line.id}
      </code>
      {line.outcome === 'conflict' ? (
        <p className={styles.note}>The history has this id with another content, and keeps what it has.</p>
      ) : null}
      <Notes line={line} />
    </div>
  );
}

function Runs({ line: { runs, outcome } }: { line: ImportLine }) {
  if (runs !== null) return <ExactText>{runs}</ExactText>;
  return outcome === 'invalid' ? null : <span className={styles.none}>No task: a record</span>;
}

function Notes({ line: { notes, outcome } }: { line: ImportLine }) {
  const [isOpen, setIsOpen] = useState(false);
  if (notes.length === 0) return null;
  const shown = isOpen || notes.length <= FEW + 1 ? notes : notes.slice(0, FEW);
  return (
    <ul className={styles.notes} aria-label={outcome === 'invalid' ? 'Problems' : 'Repairs'}>
      {shown.map((note, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: notes have no other identity, and no state
        <li key={index} className={styles.note}>
          {note.path === '' ? null : <code className={styles.path}>{note.path}</code>}
          {note.message}
        </li>
      ))}
      {shown.length < notes.length ? (
        <li>
          <button type="button" className={styles.more} onClick={() => setIsOpen(true)}>
            Show {countOf(notes.length - shown.length, 'more note')}
          </button>
        </li>
      ) : null}
    </ul>
  );
}

function Mark({ line }: { line: ImportLine }) {
  switch (lookOf(line)) {
    case 'bad':
      return <IconCircleXFilled size={16} className={styles.bad} aria-hidden="true" />;
    case 'warn':
      return <IconAlertTriangle size={16} stroke={1.75} className={styles.warn} aria-hidden="true" />;
    case 'good':
      return <IconCirclePlus size={16} stroke={1.75} className={styles.good} aria-hidden="true" />;
    case 'idle':
      return <IconCircleMinus size={16} stroke={1.75} className={styles.idle} aria-hidden="true" />;
  }
}

function lookOf({ outcome, isRepaired }: ImportLine): 'good' | 'warn' | 'bad' | 'idle' {
  if (outcome === 'invalid') return 'bad';
  if (outcome === 'conflict') return 'warn';
  if (outcome === 'same') return 'idle';
  return isRepaired ? 'warn' : 'good';
}
