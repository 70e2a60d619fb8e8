import { createContext, type ReactNode, useContext } from 'react';
import { AppError } from '#shared/app-error.ts';
import type { DraftFields, DraftForm } from './draft/draft.ts';

export interface DraftEditing {
  form: DraftForm;
  onChange: (change: Partial<DraftFields>) => void;
  /** The first thing that is wrong at a JSON Pointer or below it, after an attempt to save. */
  errorAt: (path: string) => string | undefined;
}

const DraftContext = createContext<DraftEditing | null>(null);

export function DraftProvider({ value, children }: { value: DraftEditing; children: ReactNode }) {
  return <DraftContext.Provider value={value}>{children}</DraftContext.Provider>;
}

/** The draft that the fields around show and change. */
export function useDraftForm(): DraftEditing {
  const editing = useContext(DraftContext);
  if (editing === null) throw new AppError('internal', 'Expected to be rendered inside DraftProvider.');
  return editing;
}
