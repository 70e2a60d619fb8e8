import { useMediaQuery } from '@mantine/hooks';
import { useRef } from 'react';
import { Splitter } from '../components/splitter/splitter.tsx';
import { CallbacksPage } from '../features/callbacks/callbacks-page.tsx';
import { FirstStart } from '../features/first-start/first-start.tsx';
import { JobDetail } from '../features/job-detail/job-detail.tsx';
import { JobList } from '../features/job-list/job-list.tsx';
import { SearchProblems } from '../features/job-list/search/search-problems.tsx';
import { Toolbar, type ToolbarHandle } from '../features/job-list/toolbar.tsx';
import { Sidebar } from '../features/sidebar/sidebar.tsx';
import { saveCurrentView } from '../features/views/save-current-view.ts';
import { ViewList } from '../features/views/view-list.tsx';
import { useServices } from '../services/services.tsx';
import { useView } from '../store/view-store.ts';
import { Dialogs } from './dialogs.tsx';
import { DropZone } from './drop-zone.tsx';
import { rebuildHistory } from './rebuild-history.ts';
import { useCommands } from './use-commands.ts';
import { useDetailOver } from './use-detail-over.ts';
import styles from './window.module.css';

/** Narrower than this there is no room for the list and the detail side by side. */
const NARROW = '(max-width: 1080px)';

/** The three panes, and what lies over them. */
export function Window() {
  const isNarrow = useMediaQuery(NARROW, window.matchMedia(NARROW).matches) ?? false;
  const { db } = useServices();
  const toolbar = useRef<ToolbarHandle>(null);
  const commands = useCommands(toolbar);
  const view = useView();
  const isDetailOver = isNarrow && view.detailOpen && view.selection.active !== null;
  const over = useDetailOver(isDetailOver);

  return (
    <div className={styles.window}>
      <aside className={styles.sidebar} style={{ width: isNarrow ? 188 : view.sidebarWidth }}>
        <Sidebar views={<ViewList />} />
      </aside>
      <Splitter
        label="Width of the sidebar"
        value={view.sidebarWidth}
        min={160}
        max={320}
        pane="before"
        onChange={view.setSidebarWidth}
      />
      <main
        ref={over.list}
        className={styles.list}
        aria-label={view.place === 'jobs' ? 'Job list' : 'Callback list'}
        hidden={isDetailOver}
      >
        {view.place === 'jobs' ? (
          <>
            <Toolbar
              handle={toolbar}
              onNewJob={commands.newJob}
              onImport={commands.importFiles}
              onExport={commands.exportJobs}
              onSaveView={() => void saveCurrentView(db)}
            />
            <SearchProblems />
            <JobList
              whenEmpty={<FirstStart onNewJob={commands.newJob} onImport={commands.importFiles} />}
              onRebuild={() => rebuildHistory(db.name)}
            />
          </>
        ) : (
          <CallbacksPage handle={toolbar} />
        )}
      </main>
      {isNarrow ? null : (
        <Splitter
          label="Width of the detail"
          value={view.detailWidth}
          min={360}
          max={900}
          pane="after"
          onChange={view.setDetailWidth}
        />
      )}
      {isNarrow && !isDetailOver ? null : (
        <section
          ref={over.detail}
          // A click anywhere in it brings its keys.
          tabIndex={-1}
          onKeyDown={isDetailOver ? over.onKeyDown : undefined}
          className={isNarrow ? styles.detailOver : styles.detail}
          aria-label="Job"
          style={isNarrow ? undefined : { width: view.detailWidth }}
        >
          <JobDetail onBack={isNarrow ? () => view.setDetailOpen(false) : undefined} />
        </section>
      )}
      <DropZone onFiles={commands.dropFiles} />
      <Dialogs />
    </div>
  );
}
