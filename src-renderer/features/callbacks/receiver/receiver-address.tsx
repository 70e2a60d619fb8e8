import { Button } from '../../../components/button/button.tsx';
import { IconButton } from '../../../components/button/icon-button.tsx';
import { copyText } from '../../../components/copy-text.ts';
import { IconCopy } from '../../../components/icons.ts';
import { showToast } from '../../../components/toast/toast.tsx';
import { useServices } from '../../../services/services.tsx';
import { showError } from '../../../services/show-error.ts';
import { useCallbackView } from '../../../store/callback-store.ts';
import { useDialog } from '../../../store/dialog-store.ts';
import { useDraft } from '../../../store/draft-store.ts';
import { withCallbackUrl } from './draft-with-callback.ts';
import styles from './receiver.module.css';

/** Its URL, and what one does with it: copy it, sign what goes there, write a job that posts to it. */
export function ReceiverAddress({ url, onClose }: { url: string; onClose: () => void }) {
  const { api } = useServices();
  const secret = useCallbackView((view) => view.receiver.secret);
  const open = useDialog((state) => state.open);

  const copy = async () =>
    showToast((await copyText(url)) ? 'Copied.' : 'The clipboard could not be written.');
  const sign = async (shared: string) => {
    const answer = await api.saveCallbackKey({ scope: new URL(url).host, kind: 'hmac', secret: shared });
    if (answer.ok) showToast(`Callbacks to ${new URL(url).host} are signed with this secret now.`);
    else showError('The key could not be kept.', new Error(answer.error.message));
  };
  const writeJob = () => {
    const { text, setText } = useDraft.getState();
    setText(withCallbackUrl(text, url));
    onClose();
    open({ kind: 'new-job' });
  };
  return (
    <section className={styles.address} aria-label="Address of the receiver">
      <p className={styles.url}>
        <span className={styles.dot} aria-hidden="true" />
        <code>{url}</code>
        <IconButton label="Copy the URL" icon={<IconCopy size={15} />} onClick={() => void copy()} />
      </p>
      <div className={styles.buttons}>
        <Button onClick={writeJob}>Use for a new job</Button>
        {secret?.startsWith('whsec_') ? (
          <Button onClick={() => void sign(secret)}>Sign what goes here</Button>
        ) : null}
      </div>
    </section>
  );
}
