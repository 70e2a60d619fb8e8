import { Tooltip } from '@mantine/core';
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import styles from './icon-button.module.css';

export interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> {
  /** Its name, shown as a tooltip too. */
  label: string;
  icon: ReactNode;
  /** A key, shown in the tooltip. */
  hint?: string;
  ref?: Ref<HTMLButtonElement>;
}

/** A button that is an icon and still has a name. */
export function IconButton({ label, icon, hint, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip label={hint ? `${label}  ${hint}` : label} openDelay={500} withinPortal>
      <button
        type="button"
        aria-label={label}
        {...rest}
        className={[styles.button, className].filter(Boolean).join(' ')}
      >
        {icon}
      </button>
    </Tooltip>
  );
}
