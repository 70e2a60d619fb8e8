import { useEffect } from 'react';
import { showToast } from '../components/toast/toast.tsx';
import { useDialog } from '../store/dialog-store.ts';
import type { Commands } from './commands.ts';
import { isTyping } from './use-keys.ts';

/** Pasted into the window, and not into a field: files and JSON are imported. */
export function usePaste(commands: Commands): void {
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const { dialog } = useDialog.getState();
      const isFree = dialog === null || (dialog.kind === 'import' && dialog.opened === null);
      if (event.defaultPrevented || !isFree || isTyping(event.target)) return;
      const files = [...(event.clipboardData?.files ?? [])];
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (files.length > 0) commands.dropFiles(files);
      else if (/^\s*[[{]/u.test(text)) commands.pasteText(text);
      else if (text.trim() !== '') {
        showToast('What was pasted is no JSON, so there is nothing to import.', {
          detail: 'Expected a job document, an array of them, or one a line.',
        });
      } else return;
      event.preventDefault();
    };
    window.addEventListener('paste', paste);
    return () => window.removeEventListener('paste', paste);
  }, [commands]);
}
