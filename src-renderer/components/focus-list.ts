/**
 * Gives the focus to the list of the page, whose keys work there at once.
 * @returns whether there is one
 */
export function focusList(): boolean {
  const list = document.querySelector<HTMLElement>('main [role=grid]');
  list?.focus({ preventScroll: true });
  return list !== null;
}
