import { Banner } from '../../components/banner/banner.tsx';
import { Button } from '../../components/button/button.tsx';
import { databaseProblemOf, databaseProblemSentence } from '../../db/database-problem.ts';

/** Why the list can not be read, and what to do about it. */
export function ReadProblem({ error, onRebuild }: { error: unknown; onRebuild: () => void }) {
  const isDamaged = databaseProblemOf(error) === 'damaged';
  return (
    <Banner tone="bad" action={isDamaged ? <Button onClick={onRebuild}>Set aside and rebuild</Button> : null}>
      The history could not be read.{' '}
      {databaseProblemSentence(error) ?? 'Reload the window; if this stays, restart Jobdeck.'}
    </Banner>
  );
}
