import { useEffect, useRef, useState } from 'react';
import { IconFileImport } from '../components/icons.ts';
import styles from './drop-zone.module.css';

/** Files may be dropped anywhere; while they hang over the window it says what would happen. */
export function DropZone({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const [isOver, setIsOver] = useState(false);
  const take = useRef(onFiles);
  take.current = onFiles;

  useEffect(() => {
    // Every element under the pointer enters and leaves: the count says whether one is still inside.
    let depth = 0;
    const isFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const handlers: Partial<Record<string, (event: DragEvent) => void>> = {
      dragenter: (event) => {
        if (!isFiles(event)) return;
        depth += 1;
        setIsOver(true);
      },
      dragleave: (event) => {
        if (!isFiles(event)) return;
        depth -= 1;
        if (depth <= 0) setIsOver(false);
      },
      dragover: (event) => {
        // Text that is dragged goes where text goes.
        if (!isFiles(event)) return;
        event.preventDefault();
        if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
      },
      drop: (event) => {
        if (!isFiles(event)) return;
        event.preventDefault();
        depth = 0;
        setIsOver(false);
        const files = [...(event.dataTransfer?.files ?? [])];
        if (files.length > 0) take.current(files);
      },
    };
    const entries = Object.entries(handlers) as [string, EventListener][];
    for (const [name, handler] of entries) window.addEventListener(name, handler);
    return () => {
      for (const [name, handler] of entries) window.removeEventListener(name, handler);
    };
  }, []);

  if (!isOver) return null;
  return (
    <div className={styles.overlay}>
      <div className={styles.card}>
        <IconFileImport size={28} stroke={1.5} aria-hidden="true" />
        <p className={styles.title}>Drop to import</p>
        <p className={styles.words}>You see what is in the files before anything is added. Nothing runs.</p>
      </div>
    </div>
  );
}
