import { useState } from 'react';
import { Banner } from '../../components/banner/banner.tsx';
import { Button } from '../../components/button/button.tsx';
import { Dialog } from '../../components/dialog/dialog.tsx';
import { IconShieldCheck } from '../../components/icons.ts';
import { approve } from '../../db/commands.ts';
import { errorSentence } from '../../db/database-problem.ts';
import type { JobRow } from '../../db/job-row.ts';
import { jobsByIds } from '../../db/queries.ts';
import { useServices } from '../../services/services.tsx';
import { useJobActions } from '../../services/use-job-actions.ts';
import { useProfiles } from '../../services/use-profiles.ts';
import { countOf } from '../../words/count-words.ts';
import { goAheadKeys } from '../../words/go-ahead-keys.ts';
import styles from './approval-dialog.module.css';
import { changedSince } from './changed-since.ts';
import { ReviewList } from './review-list.tsx';

/** Shows exactly what imported jobs would do. Nothing of them has run, and nothing does without the button. */
export function ApprovalDialog(props: {
  rows: readonly JobRow[];
  then: 'run' | 'run-again';
  onClose: () => void;
}) {
  const { db, info } = useServices();
  const actions = useJobActions();
  const [rows, setRows] = useState(props.rows);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const { profiles, problem: profileProblem } = useProfiles();
  const surroundings = profiles === null ? info : { ...info, profiles };
  // What a saved profile adds, its address and its secret, has to be seen as well.
  const isWhole = profiles !== null || rows.every(({ job }) => job.agent_id === null);
  const shownProblem = problem ?? (isWhole ? null : profileProblem);
  const [first] = rows;

  const approveAndRun = async () => {
    if (isBusy || first === undefined || !isWhole) return;
    setIsBusy(true);
    const ids = rows.map((row) => row.id);
    try {
      const now = await jobsByIds(db, ids);
      if (changedSince(rows, now)) {
        setRows(now.filter((row) => row.bucket !== 'trash'));
        setProblem('This changed while you looked at it. Here is how it is now; nothing has run.');
        return;
      }
      await approve(db, ids);
    } catch (error) {
      setProblem(`The approval could not be kept, so nothing has run. ${errorSentence(error)}`);
      return;
    } finally {
      setIsBusy(false);
    }
    // Closed first: what could not be started may be a dialog of its own.
    props.onClose();
    await (props.then === 'run' ? actions.runReviewed(ids) : actions.runAgain(ids));
  };

  return (
    <Dialog
      opened
      onClose={props.onClose}
      size="l"
      padded={false}
      focusesField
      onGoAhead={() => void approveAndRun()}
      title={rows.length === 1 ? `Run “${first?.name}”?` : `Run ${countOf(rows.length, 'imported job')}?`}
      subtitle={`${rows.length === 1 ? 'It was imported, and would run' : 'They were imported, and would run'} with your rights on this computer. This is all that ${rows.length === 1 ? 'it' : 'each'} asks for.`}
      footerNote="Nothing has run yet."
      footer={
        <>
          <Button onClick={props.onClose}>Cancel</Button>
          <Button
            variant="primary"
            icon={<IconShieldCheck size={16} stroke={1.75} />}
            title={goAheadKeys(info.platform)}
            busy={isBusy}
            disabled={first === undefined}
            onClick={() => void approveAndRun()}
          >
            Approve and run
          </Button>
        </>
      }
    >
      <div className={styles.content}>
        {shownProblem === null ? null : (
          <div className={styles.problem}>
            <Banner tone="warn">{shownProblem}</Banner>
          </div>
        )}
        <ReviewList rows={rows} surroundings={surroundings} />
      </div>
    </Dialog>
  );
}
