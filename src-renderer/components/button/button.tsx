import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import styles from './button.module.css';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  variant?: 'default' | 'primary' | 'quiet' | 'danger';
  /** Drawn before the words; decoration only. */
  icon?: ReactNode;
  /** It works on its last press and takes no other. Unlike a disabled button it keeps the focus. */
  busy?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

/** The one button. `primary` is for the one thing a view is there for. */
export function Button({ variant = 'default', icon, busy, children, className, ...rest }: ButtonProps) {
  const classes = [styles.button, styles[variant], className].filter(Boolean).join(' ');
  return (
    <button
      type="button"
      {...rest}
      {...(busy && { 'aria-disabled': true, onClick: undefined })}
      className={classes}
    >
      {icon ? (
        <span className={styles.icon} aria-hidden="true">
          {icon}
        </span>
      ) : null}
      <span className={styles.words}>{children}</span>
    </button>
  );
}
