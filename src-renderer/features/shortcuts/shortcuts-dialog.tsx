import { Fragment } from 'react';
import { Dialog } from '../../components/dialog/dialog.tsx';
import { Kbd } from '../../components/kbd/kbd.tsx';
import { useServices } from '../../services/services.tsx';
import { type Combination, shortcutGroups } from './shortcut-groups.ts';
import styles from './shortcuts-dialog.module.css';

/** All keys on one sheet. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const { platform } = useServices().info;
  return (
    <Dialog
      opened
      onClose={onClose}
      title="Keyboard shortcuts"
      subtitle="Single keys work wherever you are not typing; those of a job, where the focus is on it."
      size="l"
    >
      <div className={styles.columns}>
        {shortcutGroups(platform).map((group) => (
          <section key={group.title} className={styles.group} aria-label={group.title}>
            <h3 className={styles.heading}>{group.title}</h3>
            <dl>
              {group.shortcuts.map((shortcut) => (
                <div key={shortcut.does} className={styles.row}>
                  <dt className={styles.does}>{shortcut.does}</dt>
                  <dd className={styles.keys}>
                    {shortcut.keys.map((combination, index) => (
                      <Fragment key={combination.join()}>
                        {index === 0 ? null : <span className="visually-hidden">or</span>}
                        <Keys combination={combination} />
                      </Fragment>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

function Keys({ combination }: { combination: Combination }) {
  return (
    <span className={styles.combination}>
      {combination.map((key) =>
        key === 'click' ? (
          <span key={key} className={styles.click}>
            click
          </span>
        ) : (
          <Kbd key={key}>{key}</Kbd>
        ),
      )}
    </span>
  );
}
