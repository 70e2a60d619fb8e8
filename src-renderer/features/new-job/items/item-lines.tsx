import { TextArea } from '../../../components/text-field/text-field.tsx';
import { linesOf } from '../draft/items.ts';
import { useOwnText } from '../use-own-text.ts';

/** One item a line. Empty lines are kept while one types, and are no items. */
export function ItemLines(props: {
  values: readonly unknown[];
  error?: string | undefined;
  onChange: (text: string) => void;
}) {
  const lines = props.values.join('\n');
  const [text, setText] = useOwnText(lines, String, (typed, now) => linesOf(typed).join('\n') === now);
  return (
    <TextArea
      label="Items, one a line"
      mono
      rows={4}
      placeholder={'photos/a.jpg\nphotos/b.jpg'}
      value={text}
      error={props.error}
      onChange={(typed) => {
        setText(typed);
        props.onChange(typed);
      }}
    />
  );
}
