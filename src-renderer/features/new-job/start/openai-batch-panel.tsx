import { useEffect, useRef, useState } from 'react';
import type { OpenAiBatchFile } from '#shared/contract/items.ts';
import type { BatchJobDocument } from '#shared/job/batch-job.ts';
import { Button } from '../../../components/button/button.tsx';
import { countOf } from '../../../words/count-words.ts';
import { baseName } from '../draft/items.ts';
import { endpointOf, openAiBatchDraft } from '../draft/openai-batch.ts';
import { ModelTarget } from '../task/model-target.tsx';
import styles from './start.module.css';

/** What an OpenAI Batch file asks for, and the one thing that it does not say: which server answers. */
export function OpenAiBatchPanel(props: {
  file: OpenAiBatchFile;
  onFill: (document: BatchJobDocument) => void;
  onCancel: () => void;
}) {
  const { file } = props;
  const [target, setTarget] = useState({ agentId: '', baseUrl: '' });
  const [isAsked, setIsAsked] = useState(false);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.focus(), []);
  const endpoint = endpointOf(file);
  const lacksTarget = target.agentId === '' && target.baseUrl === '';
  const fill = () => {
    setIsAsked(true);
    if (endpoint !== null && !lacksTarget) props.onFill(openAiBatchDraft(file, target));
  };
  return (
    <section ref={panel} tabIndex={-1} className={styles.panel} aria-label="OpenAI Batch file">
      <h3 className={styles.title}>{baseName(file.path)}</h3>
      <p className={styles.sentence}>
        {countOf(file.requests, 'request')} {endpoint === null ? '' : `for ${endpoint}`}
        {file.models.length === 0 ? '' : `, asking for ${file.models.join(', ')}`}.
      </p>
      {file.problems.length === 0 ? null : (
        <ul className={styles.problems} aria-label="What is wrong in the file">
          {file.problems.map(({ line, message }) => (
            <li key={`${line} ${message}`}>
              <span className={styles.line}>Line {line}</span> {message}
            </li>
          ))}
        </ul>
      )}
      {endpoint === null ? (
        <p className={styles.wrong}>
          It cannot be run: expected every line to ask for one and the same endpoint, such as
          /v1/chat/completions.
        </p>
      ) : (
        <ModelTarget
          {...target}
          error={
            isAsked && lacksTarget
              ? 'Choose a saved profile, or give the address of the model’s server.'
              : undefined
          }
          onChange={(change) => setTarget({ ...target, ...change })}
        />
      )}
      <div className={styles.actions}>
        <Button variant="quiet" onClick={props.onCancel}>
          Cancel
        </Button>
        <Button disabled={endpoint === null} onClick={fill}>
          Fill in the form
        </Button>
      </div>
    </section>
  );
}
