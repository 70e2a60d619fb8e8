import type { OutputRef } from '#shared/contract/output.ts';
import { plainText } from '../../../components/ansi/ansi-spans.ts';
import { Button } from '../../../components/button/button.tsx';
import { IconButton } from '../../../components/button/icon-button.tsx';
import { copyText } from '../../../components/copy-text.ts';
import { formatBytes } from '../../../components/format/bytes.ts';
import {
  IconArrowBarToDown,
  IconArrowBarToUp,
  IconCopy,
  IconFolderOpen,
  IconTextWrap,
} from '../../../components/icons.ts';
import { showError, showToast } from '../../../components/toast/toast.tsx';
import { useServices } from '../../../services/services.tsx';
import { useView } from '../../../store/view-store.ts';
import { OutputLines } from './output-lines.tsx';
import styles from './output-pane.module.css';
import type { OutputSnapshot } from './output-reader.ts';
import { useOutput } from './use-output.ts';

/** The text of one stream of one attempt, and what can be done with it. */
export function OutputPane({ output, isLive }: { output: OutputRef; isLive: boolean }) {
  const { api } = useServices();
  const { reader, snapshot } = useOutput(output, isLive);
  const wrap = useView((view) => view.wrapOutput);
  const setWrap = useView((view) => view.setWrapOutput);
  const isEmpty = snapshot.isRead && snapshot.sizeBytes === 0;
  const isPart = snapshot.window.base > 0 || snapshot.window.end < snapshot.sizeBytes;

  const reveal = async () => {
    const answer = await api.revealOutput(output);
    if (!answer.ok) showError('The file could not be shown.', new Error(answer.error.message));
  };

  return (
    <div className={styles.pane}>
      {isEmpty ? (
        <p className={styles.nothing}>
          {snapshot.error ?? (isLive ? 'Nothing yet. What it prints appears here.' : 'It printed nothing.')}
        </p>
      ) : (
        <OutputLines reader={reader} snapshot={snapshot} wrap={wrap} label={labelOf(output)} />
      )}
      {!isEmpty && !snapshot.isFollowing ? (
        <Button
          className={styles.jump}
          icon={<IconArrowBarToDown size={14} />}
          onClick={() => void reader.goToEnd()}
        >
          Jump to end
        </Button>
      ) : null}
      <footer className={styles.foot}>
        <span className={styles.size} role="status">
          {isLive && snapshot.isFollowing ? <span className={styles.live}>Following</span> : null}
          {snapshot.error && !isEmpty ? snapshot.error : sizeSentence(snapshot)}
        </span>
        {isPart && snapshot.window.base > 0 ? (
          <IconButton
            label="Go to start"
            icon={<IconArrowBarToUp size={16} />}
            onClick={() => void reader.goToStart()}
          />
        ) : null}
        <IconButton
          label="Wrap lines"
          aria-pressed={wrap}
          icon={<IconTextWrap size={16} />}
          onClick={() => setWrap(!wrap)}
        />
        <IconButton
          label={isPart ? 'Copy the part that is loaded' : 'Copy output'}
          icon={<IconCopy size={16} />}
          disabled={isEmpty}
          onClick={() => void copyLoaded(snapshot)}
        />
        <IconButton
          label="Show in folder"
          icon={<IconFolderOpen size={16} />}
          disabled={isEmpty}
          onClick={() => void reveal()}
        />
      </footer>
    </div>
  );
}

function labelOf({ stream, attempt }: OutputRef): string {
  return `${stream === 'stdout' ? 'Output' : 'Errors'} of attempt ${attempt}`;
}

function sizeSentence({ window, sizeBytes }: OutputSnapshot): string {
  if (window.base === 0 && window.end >= sizeBytes) return formatBytes(sizeBytes);
  return `${formatBytes(window.base)} to ${formatBytes(window.end)} of ${formatBytes(sizeBytes)}`;
}

async function copyLoaded({ window, sizeBytes }: OutputSnapshot): Promise<void> {
  const text = window.lines.map((line) => plainText(window.text(line))).join('\n');
  const size = window.end - window.base;
  if (!(await copyText(text))) showToast('The clipboard could not be written.', { tone: 'bad' });
  else showToast(size < sizeBytes ? `Copied ${formatBytes(size)} of ${formatBytes(sizeBytes)}.` : 'Copied.');
}
