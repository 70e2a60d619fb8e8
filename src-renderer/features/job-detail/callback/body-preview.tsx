import { useMemo, useState } from 'react';
import type { DeliveryId } from '#shared/callback/delivery.ts';
import type { CallbackPreview } from '#shared/contract/callbacks.ts';
import { Banner } from '../../../components/banner/banner.tsx';
import { ExactText } from '../../../components/exact-text/exact-text.tsx';
import { FactList } from '../../../components/fact-list/fact-list.tsx';
import { formatBytes } from '../../../components/format/bytes.ts';
import { useServices } from '../../../services/services.tsx';
import { prettyBody } from '../../../words/callback-words.ts';
import { leftOutOf } from '../../../words/left-out-words.ts';
import styles from './attempt-list.module.css';

/** The bytes that are posted, and their headers as they would be signed now; asked for when it is opened. */
export function BodyPreview({ id }: { id: DeliveryId }) {
  const { api } = useServices();
  const [preview, setPreview] = useState<CallbackPreview | string | null>(null);

  const read = async () => {
    const answer = await api.previewCallback({ id });
    setPreview(answer.ok ? answer.value : answer.error.message);
  };
  return (
    <details
      className={styles.details}
      onToggle={(event) => {
        if (event.currentTarget.open) void read();
      }}
    >
      <summary>What is sent</summary>
      {typeof preview === 'string' ? <Banner tone="bad">{preview}</Banner> : null}
      {typeof preview === 'object' && preview !== null ? <Message preview={preview} /> : null}
    </details>
  );
}

function Message({ preview: { headers, body } }: { preview: CallbackPreview }) {
  const size = new TextEncoder().encode(body).length;
  const facts = Object.entries(headers).map(([label, value]) => ({ label, value, mono: true }));
  return (
    <div className={styles.message}>
      <FactList facts={facts} />
      <LeftOutNote body={body} />
      <p className={styles.facts}>{formatBytes(size)}, shown with line breaks that are not sent</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must get there */}
      <pre className={styles.block} tabIndex={0}>
        <ExactText>{prettyBody(body)}</ExactText>
      </pre>
    </div>
  );
}

/** What the body lacks because the whole would be too long. */
function LeftOutNote({ body }: { body: string }) {
  const leftOut = useMemo(() => leftOutOf(body), [body]);
  if (leftOut === null) return null;
  return (
    <Banner tone="info">
      <p>{leftOut.sentence}</p>
      <ul className={styles.parts}>
        {leftOut.parts.map((part) => (
          <li key={part}>
            <ExactText>{part}</ExactText>
          </li>
        ))}
      </ul>
    </Banner>
  );
}
