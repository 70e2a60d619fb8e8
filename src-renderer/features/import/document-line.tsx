import { ExactText } from '../../components/exact-text/exact-text.tsx';
import {
  IconAlertTriangle,
  IconChevronRight,
  IconCircleMinus,
  IconCirclePlus,
  IconCircleXFilled,
} from '../../components/icons.ts';
import { CONFLICT_CHOICES, type ConflictChoice } from '../../db/import-page.ts';
import type { ImportCounts } from '../../db/import-row.ts';
import { countOf, formatCount } from '../../words/count-words.ts';
import styles from './document-line.module.css';
import type { ImportLine } from './import-line.ts';
import { BECOMES_WORDS, CHOICE_WORDS } from './import-words.ts';

/** One document: what it is, what is wrong with it or was repaired, and what becomes of it. */
export function DocumentLine(props: {
  line: ImportLine;
  becomes: keyof ImportCounts;
  choice: ConflictChoice;
  isActive: boolean;
  isOpen: boolean;
  onToggle: () => void;
  onChoose: (choice: ConflictChoice) => void;
}) {
  const { line, becomes } = props;
  const isOpenToChoice = line.outcome === 'conflict' && becomes !== 'active' && becomes !== 'refused';
  return (
    <div className={styles.document}>
      {/* Pressed anywhere in the line; with the keyboard the grid itself opens it. */}
      <button
        type="button"
        tabIndex={-1}
        aria-label={`${props.isOpen ? 'Show less' : 'Show more'} of ${line.name}`}
        className={props.isOpen ? `${styles.toggle} ${styles.open}` : styles.toggle}
        onClick={props.onToggle}
      >
        <IconChevronRight size={14} aria-hidden="true" />
      </button>
      <Mark becomes={becomes} isRepaired={line.repairs.length > 0} />
      {/* biome-ignore lint/a11y/useSemanticElements: a virtual list can not be a table */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names its active row */}
      <div role="gridcell" className={styles.words}>
        <span className={styles.name}>
          <span className={styles.title} title={line.name}>
            <ExactText>{line.name}</ExactText>
          </span>
          {line.ended === null || line.outcome === 'same' ? null : (
            <span className={styles.ended}>{line.ended} elsewhere</span>
          )}
        </span>
        <Second line={line} isOpen={props.isOpen} />
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: as above */}
      <div role="gridcell" className={styles.where}>
        <span className={styles.place} title={`${line.file}, line ${line.line}`}>
          <span className={styles.file}>{line.file}</span>:{formatCount(line.line)}
        </span>
        <code className={styles.id} title={line.id ?? undefined}>
          {line.id === line.name ? '' : line.id}
        </code>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: as above */}
      <div role="gridcell" className={styles.outcome}>
        {isOpenToChoice ? (
          <select
            // One stop for the whole list: a thousand conflicts are not a thousand of them.
            tabIndex={props.isActive ? 0 : -1}
            aria-label={`What becomes of ${line.name}`}
            className={styles.choice}
            value={props.choice}
            onChange={(event) => {
              const chosen = CONFLICT_CHOICES.find((each) => each === event.currentTarget.value);
              if (chosen !== undefined) props.onChoose(chosen);
            }}
          >
            {CONFLICT_CHOICES.map((each) => (
              <option key={each} value={each}>
                {CHOICE_WORDS[each]}
              </option>
            ))}
          </select>
        ) : (
          <span className={styles[lookOf(becomes, line.repairs.length > 0)]}>
            {becomes === 'added' && line.repairs.length > 0 ? 'Repaired' : BECOMES_WORDS[becomes]}
          </span>
        )}
      </div>
    </div>
  );
}

/** What it runs, or where something of it is to be said, the first of that. */
function Second({ line, isOpen }: { line: ImportLine; isOpen: boolean }) {
  const [first] = line.notes;
  // Where it is open, all of them are below.
  if (first !== undefined && !isOpen) {
    const others = line.noteCount - 1;
    return (
      <span className={styles.note}>
        {first.path === '' ? null : <code className={styles.path}>{first.path}</code>}
        <span className={styles.message} title={first.message}>
          <ExactText>{first.message}</ExactText>
        </span>
        {others === 0 ? null : <span className={styles.more}>and {formatCount(others)} more</span>}
      </span>
    );
  }
  if (line.outcome === 'invalid') {
    return <span className={styles.none}>{countOf(line.noteCount, 'problem')}</span>;
  }
  if (line.runs === null) return <span className={styles.none}>No task: a record</span>;
  return (
    <span className={styles.runs} title={line.runs}>
      <ExactText>{line.runs}</ExactText>
    </span>
  );
}

type Look = 'good' | 'warn' | 'bad' | 'idle';

function Mark({ becomes, isRepaired }: { becomes: keyof ImportCounts; isRepaired: boolean }) {
  switch (lookOf(becomes, isRepaired)) {
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

function lookOf(becomes: keyof ImportCounts, isRepaired: boolean): Look {
  switch (becomes) {
    case 'invalid':
    case 'refused':
      return 'bad';
    case 'kept':
    case 'active':
    case 'replaced':
      return 'warn';
    case 'same':
      return 'idle';
    case 'added':
    case 'copied':
      return isRepaired ? 'warn' : 'good';
  }
}
