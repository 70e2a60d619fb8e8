import { type ReactNode, useEffect, useId, useState } from 'react';
import { IconChevronRight } from '../../components/icons.ts';
import { useDraftForm } from './draft-context.tsx';
import { UnfinishedProvider, useReportUnfinished, useUnfinishedFields } from './fields/unfinished.tsx';
import styles from './section.module.css';

/**
 * A part of the form that is folded until it is needed, with one line that says what is set in it. It unfolds by
 * itself where something in it is wrong, and what was typed in it stays when it is folded again.
 */
export function Section(props: {
  title: string;
  summary: string;
  /** JSON Pointers of what is in it. */
  paths: readonly string[];
  children: ReactNode;
}) {
  const { title, summary, paths } = props;
  const { errorAt } = useDraftForm();
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  const [wasOpen, setWasOpen] = useState(false);
  const unfinished = useUnfinishedFields();
  useReportUnfinished(unfinished.sentences[0]);
  const error = paths.map(errorAt).find((sentence) => sentence !== undefined) ?? unfinished.sentences[0];
  const isWrong = error !== undefined;
  useEffect(() => {
    if (isWrong) setIsOpen(true);
  }, [isWrong]);
  useEffect(() => {
    if (isOpen) setWasOpen(true);
  }, [isOpen]);

  return (
    <section className={styles.section}>
      <h3 className={styles.heading}>
        <button
          type="button"
          className={styles.button}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setIsOpen(!isOpen)}
        >
          <span className={styles.chevron} aria-hidden="true">
            <IconChevronRight size={14} />
          </span>
          <span className={styles.title}>{title}</span>
          {isOpen ? null : (
            <span className={isWrong ? styles.wrong : styles.summary} title={error ?? summary}>
              {error ?? summary}
            </span>
          )}
        </button>
      </h3>
      <div id={id} className={styles.content} hidden={!isOpen}>
        {isOpen || wasOpen ? (
          <UnfinishedProvider value={unfinished.report}>{props.children}</UnfinishedProvider>
        ) : null}
      </div>
    </section>
  );
}
