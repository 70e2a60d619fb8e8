import { Button } from '../components/button/button.tsx';
import { copyText } from '../components/copy-text.ts';
import { IconAlertTriangle } from '../components/icons.ts';
import styles from './trouble-screen.module.css';

/** The screen for when nothing else can be shown. */
export function TroubleScreen(props: { title: string; sentence: string; error?: unknown }) {
  const details = props.error === undefined ? null : detailsOf(props.error);
  return (
    <main className={styles.screen} role="alert">
      <div className={styles.card}>
        <IconAlertTriangle size={28} stroke={1.5} className={styles.icon} aria-hidden="true" />
        <h1 className={styles.title}>{props.title}</h1>
        <p className={styles.sentence}>{props.sentence}</p>
        {details ? <pre className={styles.details}>{details}</pre> : null}
        <div className={styles.actions}>
          <Button variant="primary" onClick={() => location.reload()}>
            Reload
          </Button>
          {details ? <Button onClick={() => void copyText(details)}>Copy details</Button> : null}
        </div>
      </div>
    </main>
  );
}

function detailsOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
