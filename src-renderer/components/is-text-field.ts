/** True where keys are text, and undo what was typed: in fields and editors. */
export function isTextField(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest(
      'input:not([type=radio], [type=checkbox], [type=button]), textarea, select, [contenteditable=true]',
    ) !== null
  );
}
