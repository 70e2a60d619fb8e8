import type { ReactNode } from 'react';
import { TextField } from '../../../components/text-field/text-field.tsx';
import {
  type NumberRange,
  numberText,
  parseNumber,
  parseSize,
  rangeWords,
  sizeText,
} from '../draft/text-values.ts';
import { parseTimeout, timeoutText } from '../timeout-text.ts';
import { useOwnText } from '../use-own-text.ts';
import { useReportUnfinished } from './unfinished.tsx';

interface CommonProps {
  label: string;
  placeholder?: string;
  hint?: ReactNode;
  mono?: boolean;
  className?: string | undefined;
  /** What the check of the whole document says of it. */
  error?: string | undefined;
}

/** A field whose text stands for a value: while it does not, it says what was expected, and the value stays. */
export function ParsedField<T>(
  props: CommonProps & {
    value: T;
    format: (value: T) => string;
    /** Undefined for a text that stands for nothing. */
    parse: (text: string) => T | undefined;
    /** What is wrong with a text that stands for nothing: "Expected a time such as 90 s." */
    expected: string;
    onChange: (value: T) => void;
  },
) {
  const { value, format, parse, expected, onChange, error, ...rest } = props;
  const [text, setText] = useOwnText(value, format, (typed, now) => {
    const parsed = parse(typed);
    return parsed !== undefined && format(parsed) === format(now);
  });
  const wrong = parse(text) === undefined ? expected : undefined;
  useReportUnfinished(wrong && `${props.label}: ${wrong}`);
  return (
    <TextField
      {...rest}
      value={text}
      error={wrong ?? error}
      onChange={(typed) => {
        setText(typed);
        const parsed = parse(typed);
        if (parsed !== undefined) onChange(parsed);
      }}
    />
  );
}

type OptionalProps = CommonProps & { value: number | null; onChange: (value: number | null) => void };

/** @see parseTimeout */
export function DurationField({
  placeholder = 'None',
  minMs = 1,
  ...props
}: OptionalProps & { minMs?: number }) {
  return (
    <ParsedField
      {...props}
      placeholder={placeholder}
      format={timeoutText}
      parse={(text) => parseTimeout(text, minMs)}
      expected="Expected a time such as 90 s, 5 min or 2 h."
    />
  );
}

/** @see parseSize */
export function SizeField({ placeholder = 'No limit', ...props }: OptionalProps) {
  return (
    <ParsedField
      {...props}
      placeholder={placeholder}
      format={sizeText}
      parse={parseSize}
      expected="Expected a size such as 500 KB, 64 MB or 2 GB."
    />
  );
}

export function NumberField({ range = {}, ...props }: OptionalProps & { range?: NumberRange }) {
  return (
    <ParsedField
      {...props}
      format={numberText}
      parse={(text) => parseNumber(text, range)}
      expected={`Expected ${rangeWords(range)}.`}
    />
  );
}
