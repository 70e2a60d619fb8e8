/** A page that crashes again this soon after a reload would only crash once more. */
const AGAIN_WITHIN_MS = 10_000;

/**
 * Says what to do about a page that is gone: reload it, or ask the person where it was reloaded a moment ago.
 * @param nowMs monotonic time
 */
export function crashGuard(nowMs: () => number): () => 'reload' | 'ask' {
  let reloadedAtMs = Number.NEGATIVE_INFINITY;
  return () => {
    const isLoop = nowMs() - reloadedAtMs < AGAIN_WITHIN_MS;
    reloadedAtMs = nowMs();
    return isLoop ? 'ask' : 'reload';
  };
}
