import type { ImportOpened } from '#shared/contract/documents.ts';
import { ImportPreview } from './import-preview.tsx';
import { ImportStart } from './start/import-start.tsx';

/** Importing: where from, and then what is in it, before anything of it is kept. */
export function ImportDialog({ opened, onClose }: { opened: ImportOpened | null; onClose: () => void }) {
  return opened === null ? (
    <ImportStart onClose={onClose} />
  ) : (
    <ImportPreview opened={opened} onClose={onClose} />
  );
}
