import { useEffect, useRef, useState } from 'react';
import type { ReceiverSettings, ReceiverState } from '#shared/contract/callbacks.ts';
import { Button } from '../../../components/button/button.tsx';
import { IconPlayerPlayFilled, IconPlayerStopFilled } from '../../../components/icons.ts';
import { Segmented } from '../../../components/segmented/segmented.tsx';
import { TextField } from '../../../components/text-field/text-field.tsx';
import { useCallbackView } from '../../../store/callback-store.ts';
import { makeSecret } from './make-secret.ts';
import styles from './receiver.module.css';
import { ANSWERS, type Answer, parsePort } from './receiver-form.ts';

const SECRET_LOST = 'One was set before. Give it again to change anything while it listens.';

/** Where it listens, what it verifies with, and what it answers. While it listens a change takes effect at once. */
export function ReceiverControls(props: {
  state: ReceiverState;
  isBusy: boolean;
  onStart: (settings: ReceiverSettings) => void;
  onStop: () => void;
}) {
  const { state, isBusy, onStart } = props;
  const form = useCallbackView((view) => view.receiver);
  const setReceiver = useCallbackView((view) => view.setReceiver);
  const kept = form.port === null ? '' : String(form.port);
  const [portText, setPortText] = useState(kept);
  useEffect(() => setPortText(kept), [kept]);
  const startButton = useRef<HTMLButtonElement>(null);
  const port = parsePort(portText);
  const isListening = state.url !== null;
  const secret = form.secret ?? '';
  const answer = (ANSWERS.find(({ value }) => value === String(form.answerStatus)) ?? ANSWERS[0]).value;
  // After a reload the secret that it verifies with is not here, and starting anew would take it away.
  const isSecretLost = isListening && state.hasSecret && form.secret === null;

  const change = (part: Partial<ReceiverSettings>) => {
    setReceiver(part);
    if (isListening && !isSecretLost) onStart({ ...form, ...part });
  };
  const start = () => {
    if (port === undefined || isBusy) return;
    setReceiver({ port });
    onStart({ ...form, port });
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        start();
      }}
    >
      <TextField
        label="Port"
        inputMode="numeric"
        placeholder="Any that is free"
        value={portText}
        onChange={setPortText}
        error={
          port === undefined ? 'Expected a port from 1 to 65535, or nothing for any that is free.' : undefined
        }
      />
      <div className={styles.secret}>
        <TextField
          label="Secret"
          mono
          className={styles.grow}
          placeholder={isSecretLost ? 'Set before' : 'None'}
          value={secret}
          onChange={(text) => setReceiver({ secret: text.trim() === '' ? null : text.trim() })}
          hint={
            isSecretLost ? SECRET_LOST : secret === '' ? 'Without one no signature is checked.' : undefined
          }
        />
        <Button onClick={() => change({ secret: makeSecret() })}>Generate</Button>
      </div>
      <div className={styles.answer}>
        <span className={styles.label} aria-hidden="true">
          Answers
        </span>
        <Segmented<Answer>
          label="What it answers"
          value={answer}
          options={ANSWERS}
          onChange={(value) => change({ answerStatus: Number(value) })}
        />
        <p className={styles.note} role="status">
          {ANSWERS.find(({ value }) => value === answer)?.means}
        </p>
      </div>
      <div className={styles.buttons}>
        <Button
          ref={startButton}
          type="submit"
          variant={isListening ? 'default' : 'primary'}
          icon={isListening ? undefined : <IconPlayerPlayFilled size={13} />}
          busy={isBusy}
          disabled={port === undefined}
        >
          {isListening ? 'Apply' : 'Start'}
        </Button>
        {isListening ? (
          <Button
            icon={<IconPlayerStopFilled size={13} />}
            onClick={() => {
              // It goes away with what it stops.
              startButton.current?.focus();
              props.onStop();
            }}
          >
            Stop
          </Button>
        ) : null}
      </div>
    </form>
  );
}
