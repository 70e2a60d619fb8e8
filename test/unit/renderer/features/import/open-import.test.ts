import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  cancelOpening,
  openChosen,
  openDropped,
  openPaths,
  openText,
} from '../../../../../src-renderer/features/import/open-import.ts';
import { useDialog } from '../../../../../src-renderer/store/dialog-store.ts';
import { useImportWork } from '../../../../../src-renderer/store/import-store.ts';
import { createFakeJobdeck } from '../../../../fakes/fake-jobdeck-api.ts';
import { sampleJob } from '../../../../fakes/sample-jobs.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  useDialog.setState({ dialog: null, held: null });
});

const openedImport = () => {
  const { dialog } = useDialog.getState();
  return dialog?.kind === 'import' ? dialog.opened : undefined;
};

/** A bridge whose import of paths comes when it is told to. */
function slow() {
  const { api, imports } = createFakeJobdeck();
  const { promise, resolve } = Promise.withResolvers<void>();
  const openImport = api.openImport;
  api.openImport = (request) => promise.then(() => openImport(request));
  return { api, imports, arrive: resolve };
}

describe('beginning an import', () => {
  it('shows what was chosen, and leaves everything as it is where nothing was', async () => {
    const { api, dialogs } = createFakeJobdeck();
    dialogs.import = null;
    await openChosen(api, 'files');
    expect(openedImport()).toBeUndefined();
    dialogs.import = [{ name: 'a.json', text: JSON.stringify(sampleJob(0)) }];
    await openChosen(api, 'files');
    expect(openedImport()?.files.map(({ name }) => name)).toEqual(['a.json']);
  });

  it('says that it looks where that takes a while, and not where it does not', async () => {
    const { api, arrive } = slow();
    const opening = openPaths(api, ['/home/you/jobs']);
    expect(useDialog.getState().dialog).toBeNull();
    vi.advanceTimersByTime(200);
    expect([openedImport(), useImportWork.getState().isOpening]).toEqual([null, true]);
    arrive();
    await opening;
    expect(openedImport()?.importId).toBeDefined();
    expect(useImportWork.getState().isOpening).toBe(false);
    vi.advanceTimersByTime(1000);
    expect(openedImport()?.importId).toBeDefined();
  });

  it('that was cancelled is let go of when it comes, and not shown', async () => {
    const { api, imports, arrive } = slow();
    const opening = openPaths(api, ['/home/you/jobs']);
    vi.advanceTimersByTime(200);
    cancelOpening();
    useDialog.getState().close();
    arrive();
    await opening;
    expect([openedImport(), imports.openCount]).toEqual([undefined, 0]);
  });

  it('gives way to the next one', async () => {
    const { api, imports, arrive } = slow();
    const first = openPaths(api, ['/home/you/jobs']);
    await openText(api, JSON.stringify(sampleJob(0)));
    arrive();
    await first;
    expect(openedImport()?.files.map(({ name }) => name)).toEqual(['Pasted text']);
    expect(imports.openCount).toBe(1);
  });

  it('does not begin while another is being written', async () => {
    const { api, imports } = createFakeJobdeck();
    useDialog.setState({ held: 'A backup is being restored.' });
    await openText(api, '[]');
    expect(imports.openCount).toBe(0);
  });

  it('reads dropped files where they are, and one that is nowhere by its text', async () => {
    const { api } = createFakeJobdeck();
    const opened = vi.spyOn(api, 'openImport');
    await openDropped(api, [new File(['{}'], 'a.json'), new File(['{}'], 'b.json')]);
    expect(opened).toHaveBeenCalledWith({ paths: ['/home/you/a.json', '/home/you/b.json'] });
    const text = JSON.stringify(sampleJob(0));
    await openDropped({ ...api, pathForFile: () => '' }, [new File([text], 'page.json')]);
    expect(openedImport()?.files).toEqual([{ name: 'page.json', sizeBytes: text.length }]);
  });
});
