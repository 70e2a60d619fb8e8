import { useRef } from 'react';
import { Segmented } from '../../../components/segmented/segmented.tsx';
import { NO_ITEMS } from '../draft/items.ts';
import { type DraftKind, taskAs } from '../draft/task-kind.ts';
import { useDraftForm } from '../draft-context.tsx';

const KINDS: readonly { value: DraftKind; label: string }[] = [
  { value: 'shell', label: 'Shell line' },
  { value: 'program', label: 'Program' },
  { value: 'script', label: 'Script' },
  { value: 'http', label: 'HTTP request' },
  { value: 'model', label: 'Model call' },
];

/** What kind of task it is. What was written for another kind is there again when one comes back to it. */
export function KindChoice() {
  const { form, onChange } = useDraftForm();
  const earlier = useRef<Partial<Record<DraftKind, unknown>>>({});
  const { kind } = form;
  if (kind === null) return null;
  const choose = (to: DraftKind) => {
    earlier.current[kind] = form.task;
    onChange({ task: taskAs(to, form.task, earlier.current[to]) });
  };
  return <Segmented label="Kind of task" value={kind} options={KINDS} onChange={choose} />;
}

const TIMES = [
  { value: 'once', label: 'Once' },
  { value: 'many', label: 'For many items' },
] as const;

/** Whether it runs once or for each of many items, which are kept while one looks at the other. */
export function TimesChoice() {
  const { form, onChange } = useDraftForm();
  const earlier = useRef<unknown>(NO_ITEMS);
  const choose = (times: 'once' | 'many') => {
    if (times === 'many') return onChange({ items: earlier.current });
    earlier.current = form.items;
    onChange({ items: undefined });
  };
  return (
    <Segmented
      label="How often it runs"
      value={form.items === undefined ? 'once' : 'many'}
      options={TIMES}
      onChange={choose}
    />
  );
}
