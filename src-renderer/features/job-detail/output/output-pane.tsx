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
import { showToast } from '../../../components/toast/toast.tsx';
import { useServices } from '../../../services/services.tsx';
import { showError } from '../../../services/show-error.ts';
import { useView } from '../../../store/view-store.ts';
import { type KeptOutput, keptWords, noOutputWords } from '../../../words/output-words.ts';
import { KeptText } from './kept-text.tsx';
import { OutputLines } from './output-lines.tsx';
import styles from './output-pane.module.css';
import type { OutputSnapshot } from './output-reader.ts';
import { useOutput } from './use-output.ts';

/** The text of one stream of one attempt, and what can be done with it. */
export function OutputPane(props: {
  output: OutputRef;
  isLive: boolean;
  /** What the record keeps of it, for where its file is not here. */
  kept: KeptOutput | null;
}) {
  const { output, isLive, kept } = props;
  const { api } = useServices();
  const { reader, snapshot } = useOutput(output, isLive);
  const wrap = useView((view) => view.wrapOutput);
  const setWrap = useView((view) => view.setWrapOutput);
  const isEmpty = snapshot.isRead && snapshot.sizeBytes === 0;
  const isFromRecord = isEmpty && !isLive && snapshot.error === null && kept !== null && kept.text !== '';
  const isPart = snapshot.window.base > 0 || snapshot.window.end < snapshot.sizeBytes;

  const reveal = async () => {
    const answer = await api.revealOutput(output);
    if (!answer.ok) showError('The file could not be shown.', new Error(answer.error.message));
  };

  return (
    <div className={styles.pane}>
      {isEmpty ? (
        <NoFile error={snapshot.error} isLive={isLive} kept={kept} wrap={wrap} label={labelOf(output)} />
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
          {isEmpty ? sizeWords(kept) : (snapshot.error ?? sizeSentence(snapshot))}
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
          disabled={isEmpty && !isFromRecord}
          onClick={() => void (isFromRecord ? copyKept(kept) : copyLoaded(snapshot))}
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

/** In the place of a file that is empty or not here: what there is of it, in words or from the record. */
function NoFile(props: {
  error: string | null;
  isLive: boolean;
  kept: KeptOutput | null;
  wrap: boolean;
  label: string;
}) {
  const { error, isLive, kept } = props;
  if (error !== null) return <p className={styles.nothing}>{error}</p>;
  if (isLive) return <p className={styles.nothing}>Nothing yet. What it prints appears here.</p>;
  if (kept === null || kept.text === '') return <p className={styles.nothing}>{noOutputWords(kept)}</p>;
  return (
    <>
      <p className={styles.from}>{keptWords(kept)}</p>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        tabIndex={0}
        aria-label={props.label}
        className={props.wrap ? `${styles.kept} ${styles.wrap}` : styles.kept}
      >
        <KeptText text={kept.text} />
      </section>
    </>
  );
}

function labelOf({ stream, attempt }: OutputRef): string {
  return `${stream === 'stdout' ? 'Output' : 'Errors'} of attempt ${attempt}`;
}

/** What was printed in all, where a record says so. */
function sizeWords(kept: KeptOutput | null): string {
  return kept?.sizeBytes === undefined ? '' : formatBytes(kept.sizeBytes);
}

function sizeSentence({ window, sizeBytes }: OutputSnapshot): string {
  if (window.base === 0 && window.end >= sizeBytes) return formatBytes(sizeBytes);
  return `${formatBytes(window.base)} to ${formatBytes(window.end)} of ${formatBytes(sizeBytes)}`;
}

async function copyKept({ text }: KeptOutput): Promise<void> {
  const copied = await copyText(plainText(text));
  showToast(copied ? 'Copied.' : 'The clipboard could not be written.', copied ? {} : { tone: 'bad' });
}

async function copyLoaded({ window, sizeBytes }: OutputSnapshot): Promise<void> {
  const text = window.lines.map((line) => plainText(window.text(line))).join('\n');
  const size = window.end - window.base;
  if (!(await copyText(text))) showToast('The clipboard could not be written.', { tone: 'bad' });
  else showToast(size < sizeBytes ? `Copied ${formatBytes(size)} of ${formatBytes(sizeBytes)}.` : 'Copied.');
}
