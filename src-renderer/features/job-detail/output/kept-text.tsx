import { useMemo } from 'react';
import { AnsiText } from '../../../components/ansi/ansi-text.tsx';
import { ByteWindow } from './byte-window.ts';

/** Output that a record keeps, in its colours: it is short, so all of it is drawn. */
export function KeptText({ text }: { text: string }) {
  const window = useMemo(() => {
    const whole = new ByteWindow();
    whole.reset(0, new TextEncoder().encode(text));
    return whole;
  }, [text]);
  return window.lines.map((line) => (
    <div key={line.start}>
      <AnsiText text={window.text(line)} state={line.state} />
      {'\n'}
    </div>
  ));
}
