import { useCallback, useState } from 'react';
import type { EditorProblem } from '../../components/editor/editor-props.ts';
import { checkOneDocument, type DocumentCheck } from '../../services/check-document.ts';
import { useServices } from '../../services/services.tsx';
import type { DraftForm } from './draft/draft.ts';
import { draftProblems } from './draft/problems.ts';

/** A new job is given its id and its time when it is saved: nothing that its author has to know of. */
const isGiven = (path: string) => path === '/id' || path === '/created_at';

/** What is wrong with the draft, by the schema and by what would fail at once. */
export function useDraftCheck(form: DraftForm) {
  const { api } = useServices();
  const [checked, setChecked] = useState<DocumentCheck | null>(null);
  // Errors of fields that one has not come to yet are not shouted: only after an attempt to save.
  const [isShown, setIsShown] = useState(false);

  const check = useCallback(
    async (text: string): Promise<DocumentCheck> => {
      const found = await checkOneDocument(api, text);
      setChecked(found);
      return found;
    },
    [api],
  );
  const checkInEditor = useCallback(
    async (text: string): Promise<EditorProblem[]> =>
      (await check(text)).problems.filter(({ severity, path }) => severity === 'error' || !isGiven(path)),
    [check],
  );

  const ofSchema =
    checked?.job === null ? checked.problems.filter(({ severity }) => severity === 'error') : [];
  const problems = [...draftProblems(form), ...ofSchema];
  return {
    /** The record that the draft would become, as it was last checked. */
    job: checked?.job ?? null,
    check,
    checkInEditor,
    isShown,
    setIsShown,
    /** The first sentence of all, or null. */
    sentence: problems[0]?.message ?? null,
    errorAt: (pointer: string) =>
      isShown
        ? problems.find(({ path }) => path === pointer || path.startsWith(`${pointer}/`))?.message
        : undefined,
  };
}
