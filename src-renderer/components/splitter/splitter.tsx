import type { KeyboardEvent, PointerEvent } from 'react';
import styles from './splitter.module.css';

const STEP = 16;

/** The line between two panes: drag it, or move it with the arrow keys. Widths are in CSS pixels. */
export function Splitter(props: {
  label: string;
  value: number;
  min: number;
  max: number;
  /** Which side the sized pane is on. */
  pane: 'before' | 'after';
  onChange: (width: number) => void;
}) {
  const { value, min, max, pane, onChange } = props;
  const sign = pane === 'before' ? 1 : -1;
  const set = (width: number) => onChange(Math.round(Math.min(max, Math.max(min, width))));

  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.preventDefault();
    const target = event.currentTarget;
    const startX = event.clientX;
    target.setPointerCapture(event.pointerId);
    const move = (moved: globalThis.PointerEvent) => set(value + sign * (moved.clientX - startX));
    const end = () => {
      target.removeEventListener('pointermove', move);
      target.removeEventListener('lostpointercapture', end);
    };
    target.addEventListener('pointermove', move);
    target.addEventListener('lostpointercapture', end);
  };

  const press = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    set(value + sign * step);
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> can not be dragged or focused with a value
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={props.label}
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      className={styles.splitter}
      onPointerDown={drag}
      onKeyDown={press}
    />
  );
}
