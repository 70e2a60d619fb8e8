import { useMemo, useState } from 'react';
import { Button } from '../../components/button/button.tsx';
import { IconFileImport, IconPlayerPlayFilled, IconPlus } from '../../components/icons.ts';
import { saveJob } from '../../db/commands.ts';
import { newRecord } from '../../services/new-record.ts';
import { useServices } from '../../services/services.tsx';
import { showError } from '../../services/show-error.ts';
import { useJobActions } from '../../services/use-job-actions.ts';
import { useView } from '../../store/view-store.ts';
import { taskFacts } from '../../words/task-facts.ts';
import { firstExample } from './first-example.ts';
import styles from './first-start.module.css';

/** Before there is any job: what this is, and one that can be run at once. */
export function FirstStart(props: { onNewJob: () => void; onImport: () => void }) {
  const { db, info } = useServices();
  const actions = useJobActions();
  const example = useMemo(() => firstExample(info.platform), [info.platform]);
  const [isBusy, setIsBusy] = useState(false);
  const record = useMemo(() => newRecord(example.document, info.profileId), [example, info.profileId]);
  const [what] = taskFacts(record).filter((fact) => fact.block);

  const run = async () => {
    setIsBusy(true);
    try {
      const row = await saveJob(db, newRecord(example.document, info.profileId), { origin: 'author' });
      useView.getState().showJob(row.id, 'output');
      await actions.run([row.id]);
    } catch (error) {
      showError('The example could not be run.', error);
    } finally {
      setIsBusy(false);
    }
  };

  return (
    <div className={styles.screen}>
      <div className={styles.card}>
        <h1 className={styles.title}>No jobs yet</h1>
        <p className={styles.words}>
          Jobdeck runs commands and scripts on this machine and keeps their history and output. Write a job,
          import some from a file, or try this example.
        </p>
        <section className={styles.example} aria-label="Example">
          <header className={styles.head}>
            <div>
              <h2 className={styles.name}>{example.name}</h2>
              {example.notes ? <p className={styles.notes}>{example.notes}</p> : null}
            </div>
            <Button
              variant="primary"
              icon={<IconPlayerPlayFilled size={13} />}
              busy={isBusy}
              onClick={() => void run()}
            >
              Run an example
            </Button>
          </header>
          {what ? (
            <>
              <p className={styles.caption}>This is what runs:</p>
              <pre className={styles.source}>{what.value.trimEnd()}</pre>
            </>
          ) : null}
        </section>
        <div className={styles.ways}>
          <Button icon={<IconPlus size={15} />} onClick={props.onNewJob}>
            New job
          </Button>
          <Button icon={<IconFileImport size={15} />} onClick={props.onImport}>
            Import
          </Button>
          <span className={styles.drop}>or drop files anywhere in this window</span>
        </div>
      </div>
    </div>
  );
}
