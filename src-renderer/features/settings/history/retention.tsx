import { useLiveQuery } from 'dexie-react-hooks';
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
import { CleanUp } from './clean-up.tsx';
import styles from './retention.module.css';
import { RuleTable } from './rule-table.tsx';

/** What of the past is kept. Nothing goes by itself before that is turned on. */
export function Retention(props: {
  retention: RetentionSettings;
  said: SettingSaid | null;
  onChange: (retention: RetentionSettings) => void;
}) {
  const { retention, said, onChange } = props;
  const { db } = useServices();
  const note = useLiveQuery(() => readCleanUpNote(db), [db]);
  const isLimited = hasLimits(retention.rules);
  return (
    <section className={styles.section} aria-label="What is kept">
      <h3 className={styles.heading}>What is kept</h3>
      <RuleTable rules={retention.rules} onChange={(rules) => onChange({ ...retention, rules })} />
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
          value={retention.isAutomatic ? 'on' : 'off'}
          options={[
            { value: 'off', label: 'Off' },
            { value: 'on', label: 'On' },
          ]}
          onChange={(value) => onChange({ ...retention, isAutomatic: value === 'on' })}
        />
      </SettingRow>
      {note ? <Note note={note} /> : null}
      {isLimited ? <CleanUp key={JSON.stringify(retention.rules)} rules={retention.rules} /> : null}
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
