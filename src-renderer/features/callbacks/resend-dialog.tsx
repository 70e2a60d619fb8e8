import { useLiveQuery } from 'dexie-react-hooks';
import { useEffect, useRef, useState } from 'react';
import type { CallbackSendReport } from '#shared/contract/callbacks.ts';
import { Banner } from '../../components/banner/banner.tsx';
import { Button } from '../../components/button/button.tsx';
import { Dialog } from '../../components/dialog/dialog.tsx';
import { ProgressBar } from '../../components/progress-bar/progress-bar.tsx';
import { readDeliveryCounts } from '../../db/counters.ts';
import { errorSentence } from '../../db/database-problem.ts';
import { useServices } from '../../services/services.tsx';
import { resendAbandoned } from '../../sync/callbacks.ts';
import { countOf, formatCount } from '../../words/count-words.ts';
import styles from './resend-dialog.module.css';

type Step =
  | { kind: 'asking' }
  | { kind: 'sending'; done: number; of: number; stop: AbortController }
  | { kind: 'over'; report: CallbackSendReport; wasStopped: boolean };

/** Asks before everything that was given up is sent again, shows how far it is, and can be stopped. */
export function ResendDialog({ onClose }: { onClose: () => void }) {
  const { api, db, consumer } = useServices();
  const [step, setStep] = useState<Step>({ kind: 'asking' });
  const [problem, setProblem] = useState<string | null>(null);
  const failed = useLiveQuery(async () => (await readDeliveryCounts(db)).abandoned, [db]);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const send = async (of: number) => {
    const stop = new AbortController();
    running.current = stop;
    setStep({ kind: 'sending', done: 0, of, stop });
    try {
      const report = await resendAbandoned(
        { api, db },
        { signal: stop.signal, onProgress: (done) => setStep({ kind: 'sending', done, of, stop }) },
      );
      setStep({ kind: 'over', report, wasStopped: stop.signal.aborted });
    } catch (error) {
      setProblem(`They could not all be sent. ${errorSentence(error)}`);
      setStep({ kind: 'asking' });
    }
    await consumer.pullNow();
  };
  if (failed === undefined) return null;
  return (
    <Dialog
      opened
      onClose={onClose}
      size="s"
      title="Send all given up again"
      footer={<Buttons step={step} failed={failed} onSend={() => void send(failed)} onClose={onClose} />}
    >
      <div className={styles.content} role="status">
        {problem === null ? null : <Banner tone="bad">{problem}</Banner>}
        <Words step={step} failed={failed} />
      </div>
    </Dialog>
  );
}

function Buttons(props: { step: Step; failed: number; onSend: () => void; onClose: () => void }) {
  const { step, failed, onSend, onClose } = props;
  if (step.kind === 'sending') return <Button onClick={() => step.stop.abort()}>Stop here</Button>;
  if (step.kind === 'over') return <Button onClick={onClose}>Done</Button>;
  return (
    <>
      <Button onClick={onClose}>Cancel</Button>
      <Button variant="primary" disabled={failed === 0} onClick={onSend}>
        Send {countOf(failed, 'callback')}
      </Button>
    </>
  );
}

function Words({ step, failed }: { step: Step; failed: number }) {
  switch (step.kind) {
    case 'asking':
      return failed === 0 ? (
        <p>No callback is given up any more.</p>
      ) : (
        <p>
          {countOf(failed, 'callback')} {failed === 1 ? 'was' : 'were'} given up after the last attempt of the
          schedule. {failed === 1 ? 'It' : 'Each'} is sent to where it went, with the whole schedule ahead.
        </p>
      );
    case 'sending':
      return (
        <>
          <ProgressBar label="Callbacks sent again" value={step.done} max={step.of} />
          <p>
            {formatCount(Math.min(step.done, step.of))} of {formatCount(step.of)}
          </p>
        </>
      );
    case 'over':
      return <p>{overWords(step.report, step.wasStopped)}</p>;
  }
}

function overWords({ sent, refused }: CallbackSendReport, wasStopped: boolean): string {
  const [first] = refused;
  return [
    `${countOf(sent.length, 'callback')} on the way again${wasStopped ? ', then stopped' : ''}.`,
    first === undefined ? '' : `${formatCount(refused.length)} could not be sent: ${first.error.message}`,
  ]
    .filter(Boolean)
    .join(' ');
}
