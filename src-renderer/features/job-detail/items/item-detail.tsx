import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { OutputStream } from '#shared/contract/output.ts';
import { unwrap } from '#shared/contract/result.ts';
import type { ItemRecord } from '#shared/job/items.ts';
import { Banner } from '../../../components/banner/banner.tsx';
import { IconButton } from '../../../components/button/icon-button.tsx';
import { type Fact, FactList } from '../../../components/fact-list/fact-list.tsx';
import { formatBytes } from '../../../components/format/bytes.ts';
import { formatNanoseconds } from '../../../components/format/duration.ts';
import { IconArrowLeft } from '../../../components/icons.ts';
import { Segmented } from '../../../components/segmented/segmented.tsx';
import { StatusChip } from '../../../components/status-icon/status-chip.tsx';
import { errorSentence } from '../../../db/database-problem.ts';
import type { JobRow } from '../../../db/job-row.ts';
import { useServices } from '../../../services/services.tsx';
import { keptOutput } from '../../../words/output-words.ts';
import { KeptText } from '../output/kept-text.tsx';
import { OutputPane } from '../output/output-pane.tsx';
import styles from './item-detail.module.css';
import { ITEM_STATUS_WORDS, lookOfItem } from './item-row.ts';

const LIVE_MS = 1000;

/** One item: what it is, what came of it, and what it printed. */
export function ItemDetail(props: { row: JobRow; index: number; isLive: boolean; onBack: () => void }) {
  const { row, index, onBack } = props;
  const [item, problem] = useItem(row, index, props.isLive);
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => back.current?.focus(), []);

  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onBack();
  };
  return (
    <section className={styles.detail} onKeyDown={press} aria-label={`Item ${index}`}>
      <div className={styles.top}>
        <IconButton
          ref={back}
          label="Back to the items"
          icon={<IconArrowLeft size={17} />}
          onClick={onBack}
        />
        <h2 className={styles.name}>Item {index}</h2>
        {item === null ? null : (
          <StatusChip look={lookOfItem(item.status)}>{ITEM_STATUS_WORDS[item.status]}</StatusChip>
        )}
      </div>
      {problem === null ? null : (
        <div className={styles.facts}>
          <Banner tone="bad">{problem}</Banner>
        </div>
      )}
      {item === null ? null : (
        <>
          <div className={styles.facts}>
            {item.error === null ? null : <Banner tone="bad">{item.error.message}</Banner>}
            <FactList facts={factsOf(item)} />
          </div>
          <ItemOutput row={row} item={item} />
        </>
      )}
    </section>
  );
}

/** The record of an item, read again now and then while it is not over. */
function useItem(row: JobRow, index: number, isLive: boolean): [ItemRecord | null, string | null] {
  const { api } = useServices();
  const [item, setItem] = useState<ItemRecord | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const isOver = item !== null && item.status !== 'pending' && item.status !== 'running';

  useEffect(() => {
    let isGone = false;
    const look = async () => {
      const after = index === 0 ? null : index - 1;
      const page = unwrap(await api.readItems({ jobId: row.id, status: null, after, limit: 1 }));
      const found = page.items.find((each) => each.index === index);
      if (isGone) return;
      setItem(found ?? null);
      setProblem(found === undefined ? 'This item is no longer kept.' : null);
    };
    const tryToLook = () =>
      void look().catch((error: unknown) => {
        if (!isGone) setProblem(errorSentence(error));
      });
    tryToLook();
    const timer = isLive && !isOver ? setInterval(tryToLook, LIVE_MS) : undefined;
    return () => {
      isGone = true;
      clearInterval(timer);
    };
  }, [api, row.id, index, isLive, isOver]);

  return [item, problem];
}

/** The whole output from its file while it grows or where the record holds only its ends; else from the record. */
function ItemOutput({ row, item }: { row: JobRow; item: ItemRecord }) {
  const [stream, setStream] = useState<OutputStream>('stdout');
  const isRunning = item.status === 'running';
  const { result } = item;
  if (item.attempts === 0) return null;
  const text = stream === 'stdout' ? (result?.stdout ?? result?.text ?? '') : (result?.stderr ?? '');
  return (
    <>
      <div className={styles.streams}>
        <Segmented
          label="Stream"
          value={stream}
          options={[
            { value: 'stdout', label: 'Output', ...sizeNote(result?.stdout_bytes) },
            { value: 'stderr', label: 'Errors', ...sizeNote(result?.stderr_bytes) },
          ]}
          onChange={setStream}
        />
      </div>
      {isRunning || result?.truncated ? (
        <OutputPane
          key={`${item.index}/${item.attempts}/${stream}`}
          output={{ jobId: row.id, item: item.index, attempt: item.attempts, stream }}
          isLive={isRunning}
          kept={keptOutput(isRunning ? undefined : result, stream)}
        />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        <section className={styles.output} tabIndex={0} aria-label="Output of the item">
          {text === '' ? <p className={styles.nothing}>It printed nothing.</p> : <KeptText text={text} />}
        </section>
      )}
    </>
  );
}

function sizeNote(bytes: number | undefined): { note?: string } {
  return bytes === undefined ? {} : { note: formatBytes(bytes) };
}

function factsOf(item: ItemRecord): Fact[] {
  const { result } = item;
  const value = typeof item.item === 'string' ? item.item : JSON.stringify(item.item, null, 2);
  const facts: Fact[] = [{ label: 'Item', value, mono: true, block: true }];
  if (item.duration_ns !== null)
    facts.push({ label: 'Duration', value: formatNanoseconds(item.duration_ns) });
  if (item.ttft_ns !== null) {
    facts.push({ label: 'First output', value: `after ${formatNanoseconds(item.ttft_ns)}` });
  }
  if (item.attempts > 1) facts.push({ label: 'Attempts', value: String(item.attempts) });
  if (typeof result?.exit_code === 'number')
    facts.push({ label: 'Exit code', value: String(result.exit_code) });
  if (result?.status_code !== undefined) facts.push({ label: 'Answer', value: `HTTP ${result.status_code}` });
  if (result?.finish_reason) facts.push({ label: 'Stopped by', value: result.finish_reason });
  if (result?.usage) facts.push({ label: 'Usage', value: JSON.stringify(result.usage), mono: true });
  return facts;
}
