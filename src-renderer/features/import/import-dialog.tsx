import { useEffect, useState } from 'react';
import type { ImportPreview } from '#shared/contract/documents.ts';
import { Banner } from '../../components/banner/banner.tsx';
import { Button } from '../../components/button/button.tsx';
import { Dialog } from '../../components/dialog/dialog.tsx';
import { formatBytes } from '../../components/format/bytes.ts';
import { ProgressBar } from '../../components/progress-bar/progress-bar.tsx';
import { useServices } from '../../services/services.tsx';
import { countOf, formatCount } from '../../words/count-words.ts';
import { goAheadKeys } from '../../words/go-ahead-keys.ts';
import { DocumentList } from './document-list.tsx';
import { FileList } from './file-list.tsx';
import { FilterBar } from './filter-bar.tsx';
import styles from './import-dialog.module.css';
import { filtered, type ListFilter } from './import-listing.ts';
import { whyNothing } from './import-words.ts';
import { useImport } from './use-import.ts';
import { useImportListing } from './use-import-listing.ts';

/** What is in the files, before anything of it is kept. */
export function ImportDialog({ preview, onClose }: { preview: ImportPreview; onClose: () => void }) {
  const { api, info } = useServices();
  const { importId, files } = preview;
  const reading = useImportListing(preview);
  const importing = useImport(preview, reading.counts.waiting, onClose);
  const [filter, setFilter] = useState<ListFilter>('all');
  const { counts, isWhole } = reading;
  const isBusy = importing.done !== null;
  const lines = filtered(reading.lines, filter);
  const canStart = isWhole && !isBusy && counts.new > 0;
  const start = () => {
    if (canStart) void importing.start();
  };
  const nothing = isWhole ? whyNothing(counts) : null;

  // However the dialog goes away, what the application holds of the files is let go.
  useEffect(() => () => void api.closeImport({ importId }), [api, importId]);

  return (
    <Dialog
      opened
      onClose={isBusy ? importing.stop : onClose}
      size="l"
      padded={false}
      onGoAhead={start}
      title="Import"
      subtitle={subtitleOf(files)}
      footerNote={
        isBusy
          ? `${formatCount(importing.done ?? 0)} of ${formatCount(preview.counts.total)} imported`
          : 'Nothing runs by importing it. Imported jobs wait for your approval.'
      }
      footer={
        <>
          <Button onClick={isBusy ? importing.stop : onClose}>{isBusy ? 'Stop' : 'Cancel'}</Button>
          <Button
            variant="primary"
            busy={isBusy}
            disabled={!isBusy && !canStart}
            title={goAheadKeys(info.platform)}
            onClick={start}
          >
            {!isWhole || counts.new > 0 ? `Import ${countOf(counts.new, 'job')}` : 'Nothing to import'}
          </Button>
        </>
      }
    >
      {files.length > 1 ? <FileList files={reading.files} isWhole={isWhole} /> : null}
      <div className={styles.said} aria-live="polite">
        {reading.problem === null ? null : (
          <Banner tone="bad">The files could not be read to their end. {reading.problem}</Banner>
        )}
        {importing.problem === null ? null : <Banner tone="bad">{importing.problem}</Banner>}
        {nothing === null ? null : <Banner tone={nothing.tone}>{nothing.sentence}</Banner>}
      </div>
      <div className={styles.progress}>
        {isBusy ? (
          <ProgressBar label="Importing" value={importing.done ?? 0} max={preview.counts.total} />
        ) : isWhole || reading.problem !== null ? null : (
          <ProgressBar label="Reading the files" value={counts.all} max={preview.counts.total} />
        )}
      </div>
      {counts.all === 0 ? null : (
        <>
          <FilterBar counts={counts} value={filter} onChange={setFilter} />
          {/* A list of its own for each filter: it begins at its top. */}
          <DocumentList key={filter} lines={lines} />
          {lines.length < counts[filter] ? (
            <p className={styles.cut}>
              {formatCount(lines.length)} of {formatCount(counts[filter])} are listed. All count, and all that
              are new are imported.
            </p>
          ) : null}
        </>
      )}
    </Dialog>
  );
}

function subtitleOf(files: ImportPreview['files']): string {
  const [only] = files;
  if (files.length === 1 && only) return `${only.name}, ${formatBytes(only.sizeBytes)}`;
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  return `${countOf(files.length, 'file')}, ${formatBytes(sizeBytes)}`;
}
