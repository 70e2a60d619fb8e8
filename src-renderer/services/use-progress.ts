import { useCallback, useSyncExternalStore } from 'react';
import type { JobProgress } from '#shared/contract/runner-state.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { useServices } from './services.tsx';

const nothingToFollow = () => () => {};

/** How far a job is, while it is active and shown; null otherwise. */
export function useProgress(id: JobId, isActive: boolean): JobProgress | null {
  const { progress } = useServices();
  const subscribe = useCallback((onChange: () => void) => progress.follow(id, onChange), [progress, id]);
  const known = useSyncExternalStore(isActive ? subscribe : nothingToFollow, () => progress.of(id));
  return isActive ? known : null;
}
