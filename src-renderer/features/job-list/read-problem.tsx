import { Banner } from '../../components/banner/banner.tsx';
import { Button } from '../../components/button/button.tsx';
import { databaseProblemOf } from '../../db/database-problem.ts';
import { historyProblem, outputProblem } from '../../words/read-problem-words.ts';
import { OutputPages } from './output-pages.ts';
import type { JobPages } from './use-job-pages.ts';

/** Why the list can not be read, and what to do about it. */
export function ReadProblem(props: { error: unknown; pages: JobPages; onRebuild: () => void }) {
  const { error, pages, onRebuild } = props;
  const isDamaged = databaseProblemOf(error) === 'damaged';
  const action = isDamaged ? (
    <Button onClick={onRebuild}>Set aside and rebuild</Button>
  ) : pages instanceof OutputPages ? (
    <Button onClick={pages.again}>Search on</Button>
  ) : null;
  return (
    <Banner tone="bad" action={action}>
      {pages instanceof OutputPages ? outputProblem(error) : historyProblem(error)}
    </Banner>
  );
}
