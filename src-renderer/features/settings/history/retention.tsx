import { useLiveQuery } from 'dexie-react-hooks';
import { useState } from 'react';
import type { RetentionSettings } from '#shared/contract/retention.ts';
import { formatAgo } from '../../../components/format/relative-time.ts';
import { useNow } from '../../../components/format/use-now.ts';
import { Segmented } from '../../../components/segmented/segmented.tsx';
import { type CleanUpNote, readCleanUpNote } from '../../../db/clean-up-note.ts';
import { hasLimits } from '../../../db/retention-pages.ts';
import { useServices } from '../../../services/services.tsx';
import { cleanedWords } from '../../../words/clean-up-words.ts';
import { SettingRow } from '../setting-row.tsx';
import type { SettingSaid } from '../use-settings.ts';
import { Agreement } from './agreement.tsx';
import { CleanUp } from './clean-up.tsx';
import styles from './history-section.module.css';
import { needsAgreement } from './proposal.ts';
import { RuleTable } from './rule-table.tsx';

/** What of the past is kept. Nothing goes by itself before that is turned on. */
export function Retention(props: {
  retention: RetentionSettings;
  said: SettingSaid | null;
  onChange: (retention: RetentionSettings) => Promise<void>;
}) {
  const { retention, said, onChange } = props;
  const { db } = useServices();
  const note = useLiveQuery(() => readCleanUpNote(db), [db]);
  const [proposed, setProposed] = useState<RetentionSettings | null>(null);
  /** Counts the proposals that were dropped: the fields show what is kept again. */
  const [dropped, setDropped] = useState(0);
  /** What is being written: the next change is made to that, and not to what it replaces. */
  const [keeping, setKeeping] = useState<RetentionSettings | null>(null);
  const kept = keeping ?? retention;
  const shown = proposed ?? kept;
  const isLimited = hasLimits(shown.rules);
  const keep = async (next: RetentionSettings) => {
    setProposed(null);
    setKeeping(next);
    try {
      await onChange(next);
    } finally {
      setKeeping((current) => (current === next ? null : current));
    }
  };
  const change = (next: RetentionSettings) => {
    if (needsAgreement(kept, next)) setProposed(next);
    else void keep(next);
  };
  const drop = () => {
    setProposed(null);
    setDropped(dropped + 1);
  };
  return (
    <section className={styles.section} aria-label="What is kept">
      <h3 className={styles.heading}>What is kept</h3>
      <RuleTable
        key={dropped}
        rules={shown.rules}
        isProposed={proposed !== null}
        onChange={(rules) => change({ ...shown, rules })}
      />
      <SettingRow
        name="retention"
        label="Clean up by itself"
        hint={
          isLimited
            ? 'A few minutes after the start, and once a day. You are told what went.'
            : 'There is no limit yet, so nothing goes either way.'
        }
        said={said}
      >
        <Segmented
          label="Clean up by itself"
          value={kept.isAutomatic ? 'on' : 'off'}
          options={[
            { value: 'off', label: 'Off' },
            { value: 'on', label: 'On' },
          ]}
          onChange={(value) => change({ ...shown, isAutomatic: value === 'on' })}
        />
      </SettingRow>
      {note ? <Note note={note} /> : null}
      {proposed === null ? (
        isLimited && <CleanUp rules={kept.rules} />
      ) : (
        <Agreement
          key={JSON.stringify(proposed)}
          rules={proposed.rules}
          isTurningOn={!kept.isAutomatic}
          onAgree={() => void keep(proposed)}
          onCancel={drop}
        />
      )}
    </section>
  );
}

function Note({ note }: { note: CleanUpNote }) {
  const ago = formatAgo(note.atMs, useNow(15_000));
  const when = ago === 'now' ? 'just now' : `${ago} ago`;
  return (
    <p className={styles.note}>
      {`Last cleaned up ${when}${note.isAutomatic ? ', by itself' : ''}: ${cleanedWords(note)}.`}
    </p>
  );
}
