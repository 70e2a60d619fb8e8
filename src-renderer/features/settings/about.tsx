import type { ReactNode } from 'react';
import { IconButton } from '../../components/button/icon-button.tsx';
import { copyText } from '../../components/copy-text.ts';
import { IconCopy } from '../../components/icons.ts';
import { showToast } from '../../components/toast/toast.tsx';
import { useServices } from '../../services/services.tsx';
import styles from './about.module.css';

/** Which Jobdeck this is, what it runs on, and where its data is. */
export function About() {
  const { info } = useServices();
  const copy = async () => {
    const copied = await copyText(info.dataDirectory);
    showToast(copied ? 'Copied.' : 'The clipboard could not be written.');
  };
  return (
    <section className={styles.about} aria-label="About">
      <h3 className={styles.heading}>About</h3>
      <dl className={styles.facts}>
        <Fact label={info.name}>Version {info.version}</Fact>
        <Fact label="Runs on">{info.runtime}</Fact>
        <Fact label="Data directory">
          <code className={styles.path}>{info.dataDirectory}</code>
          <IconButton
            label="Copy the data directory’s path"
            icon={<IconCopy size={15} stroke={1.75} />}
            onClick={() => void copy()}
          />
        </Fact>
      </dl>
      <p className={styles.note}>
        Jobs, their output and these settings stay in this directory and in this window’s own storage. Nothing
        leaves this computer but what a job or a callback sends.
      </p>
    </section>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt className={styles.label}>{label}</dt>
      <dd className={styles.value}>{children}</dd>
    </div>
  );
}
