import { useState } from 'react';
import { Banner } from '../../../components/banner/banner.tsx';
import { IconButton } from '../../../components/button/icon-button.tsx';
import { formatBytes } from '../../../components/format/bytes.ts';
import { formatExact } from '../../../components/format/relative-time.ts';
import { IconTrash } from '../../../components/icons.ts';
import { Question } from '../../../components/question/question.tsx';
import type { StorageKept } from '../../../db/keep-storage.ts';
import type { HistorySetAside } from '../../../db/open-history.ts';
import listStyles from '../entry-list.module.css';
import sectionStyles from './history-section.module.css';
import styles from './storage.module.css';
import { type StorageFacts, useStorage } from './use-storage.ts';

/** How much this window stores, whether that is safe from being cleared, and damaged histories that were set aside. */
export function Storage() {
  const { facts, problem, remove } = useStorage();
  return (
    <section className={sectionStyles.section} aria-label="Storage">
      <h3 className={sectionStyles.heading}>Storage</h3>
      {problem === null ? null : <Banner tone="bad">{problem}</Banner>}
      {facts === null ? null : (
        <>
          <p className={sectionStyles.note}>{`${usedWords(facts)}${keptWords(facts.kept)}`}</p>
          {facts.aside.length > 0 ? <SetAside aside={facts.aside} onRemove={remove} /> : null}
        </>
      )}
    </section>
  );
}

function SetAside(props: { aside: readonly HistorySetAside[]; onRemove: (name: string) => Promise<void> }) {
  const [asked, setAsked] = useState<string | null>(null);
  return (
    <>
      <p className={sectionStyles.note}>
        Damaged histories that were set aside. Nothing of Jobdeck reads them any more; delete them once the
        history has what you need.
      </p>
      <ul className={listStyles.list} aria-label="Histories set aside">
        {props.aside.map(({ name, atMs }) => {
          const when = formatExact(atMs);
          return (
            <li key={name}>
              <div className={listStyles.entry}>
                <span className={listStyles.main}>{`Set aside ${when}`}</span>
                <IconButton
                  label={`Delete the history set aside ${when}`}
                  icon={<IconTrash size={15} />}
                  onClick={() => setAsked(name)}
                />
              </div>
              {asked === name ? (
                <div className={styles.question}>
                  <Question
                    title={`Delete the history set aside ${when}`}
                    answer="Delete"
                    cancel="Keep"
                    isDanger
                    onAnswer={() => void props.onRemove(name)}
                    onCancel={() => setAsked(null)}
                  >
                    Delete it for good? It cannot be brought back.
                  </Question>
                </div>
              ) : null}
            </li>
          );
        })}
      </ul>
    </>
  );
}

function usedWords({ usedBytes, mostBytes }: StorageFacts): string {
  if (usedBytes === undefined) return '';
  const most = mostBytes === undefined ? '' : ` of at most ${formatBytes(mostBytes)}`;
  return `The history takes ${formatBytes(usedBytes)}${most}. `;
}

function keptWords(kept: StorageKept): string {
  switch (kept) {
    case true:
      return 'It is kept even where the disk runs short.';
    case false:
      return 'Where the disk runs short, the system may clear it: keep backups.';
    case null:
      return 'Whether it is kept where the disk runs short is not known: keep backups.';
  }
}
