import { useState } from 'react';
import type { DeliveryId } from '#shared/callback/delivery.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { Button } from '../../components/button/button.tsx';
import { Dialog } from '../../components/dialog/dialog.tsx';
import { TextField } from '../../components/text-field/text-field.tsx';
import { useServices } from '../../services/services.tsx';
import { useCallbackActions } from '../../services/use-callback-actions.ts';
import { useCallbackView } from '../../store/callback-store.ts';
import { callbackUrlProblem } from '../../words/callback-target.ts';
import { goAheadKeys } from '../../words/go-ahead-keys.ts';

/** Asks where a message is to be sent, and sends it there: a delivery of its own. */
export function SendCallbackDialog(props: {
  jobId: JobId;
  deliveryId: DeliveryId | null;
  url: string;
  onClose: () => void;
}) {
  const { jobId, deliveryId, onClose } = props;
  const { platform } = useServices().info;
  const actions = useCallbackActions();
  const show = useCallbackView((view) => view.show);
  const [url, setUrl] = useState(props.url);
  const [wasTried, setWasTried] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const problem = callbackUrlProblem(url);

  const send = async () => {
    setWasTried(true);
    if (problem !== null || isBusy) return;
    setIsBusy(true);
    const isSent = await actions.send([{ jobId, deliveryId, url: url.trim() }]);
    setIsBusy(false);
    if (!isSent) return;
    // The new one is the newest of its job, which is what the tab opens.
    show(null);
    onClose();
  };
  return (
    <Dialog
      opened
      onClose={onClose}
      onGoAhead={() => void send()}
      size="m"
      focusesField
      title="Send to another URL"
      subtitle="The same message goes there as one of its own. What was sent before stays as it is."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" busy={isBusy} title={goAheadKeys(platform)} onClick={() => void send()}>
            Send
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <TextField
          label="URL"
          mono
          inputMode="url"
          autoFocus
          value={url}
          onChange={setUrl}
          error={wasTried ? (problem ?? undefined) : undefined}
        />
      </form>
    </Dialog>
  );
}
