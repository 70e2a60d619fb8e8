import { useState } from 'react';
import type { ReceiverSettings } from '#shared/contract/callbacks.ts';
import { Banner } from '../../../components/banner/banner.tsx';
import { Button } from '../../../components/button/button.tsx';
import { Dialog } from '../../../components/dialog/dialog.tsx';
import { useServices } from '../../../services/services.tsx';
import { useReceiverState } from '../../../services/use-receiver.ts';
import { useCallbackView } from '../../../store/callback-store.ts';
import { ReceivedPane } from './received-pane.tsx';
import styles from './receiver.module.css';
import { ReceiverAddress } from './receiver-address.tsx';
import { ReceiverControls } from './receiver-controls.tsx';
import { useReceived } from './use-received.ts';

/** A receiver on this computer: what it answers, and what has arrived with the verdict on its signature. */
export function ReceiverDialog({ onClose }: { onClose: () => void }) {
  const { api } = useServices();
  const state = useReceiverState();
  const { received, problem: readProblem } = useReceived();
  const setReceiver = useCallbackView((view) => view.setReceiver);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  const start = async (settings: ReceiverSettings) => {
    setIsBusy(true);
    const answer = await api.startReceiver(settings);
    setIsBusy(false);
    setProblem(answer.ok ? null : answer.error.message);
    // The port that it was given is kept: its URL stays the same when it is started again.
    const port = answer.ok ? URL.parse(answer.value.url ?? '')?.port : '';
    if (port) setReceiver({ port: Number(port) });
  };
  const stop = async () => {
    const answer = await api.stopReceiver();
    setProblem(answer.ok ? null : answer.error.message);
  };
  if (state === null) return null;
  return (
    <Dialog
      opened
      onClose={onClose}
      size="full"
      padded={false}
      title="Receiver"
      subtitle="Listens on this computer alone, takes callbacks and shows what arrived: for trying them out."
      footerNote={state.url === null ? null : 'It goes on listening when this is closed.'}
      footer={<Button onClick={onClose}>Done</Button>}
    >
      <div className={styles.receiver}>
        <div className={styles.controls}>
          {(problem ?? readProblem) === null ? null : <Banner tone="bad">{problem ?? readProblem}</Banner>}
          <ReceiverControls
            state={state}
            isBusy={isBusy}
            onStart={(settings) => void start(settings)}
            onStop={() => void stop()}
          />
          {state.url === null ? null : <ReceiverAddress url={state.url} onClose={onClose} />}
        </div>
        <ReceivedPane received={received} total={state.received} isListening={state.url !== null} />
      </div>
    </Dialog>
  );
}
