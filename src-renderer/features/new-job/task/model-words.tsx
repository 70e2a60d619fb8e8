import type { ReactNode, Ref } from 'react';
import type { LlmTask } from '#shared/job/tasks.ts';
import { withWords, wordsOf } from '../draft/model-request.ts';
import { useDraftForm } from '../draft-context.tsx';
import { TextBlock } from '../fields/text-block.tsx';
import styles from './task.module.css';

const LABELS: Record<LlmTask['endpoint'], string> = {
  'chat/completions': 'User message',
  responses: 'Input',
  completions: 'Prompt',
  embeddings: 'Text',
};

/** What is said to the model, where it is what a form can show. */
export function ModelWords({ secrets, area }: { secrets: ReactNode; area: Ref<HTMLDivElement> }) {
  const { form, onChange, errorAt } = useDraftForm();
  const { endpoint, request } = form;
  const words = wordsOf(endpoint, request);
  if (words === null) {
    return (
      <p className={styles.note}>
        This request has more than one question: several turns, pictures or tools. Choose JSON to see and
        change it.
      </p>
    );
  }
  const { system, user } = words;
  return (
    <div ref={area} className={styles.words}>
      {system === null ? null : (
        <TextBlock
          label={endpoint === 'responses' ? 'Instructions' : 'System message'}
          spellCheck
          placeholder="None"
          value={system}
          onChange={(text) => onChange({ request: withWords(endpoint, request, { system: text, user }) })}
        />
      )}
      <TextBlock
        label={LABELS[endpoint]}
        spellCheck
        rows={4}
        action={secrets}
        value={user}
        error={errorAt('/metadata/jobdeck/task/request')}
        onChange={(text) => onChange({ request: withWords(endpoint, request, { system, user: text }) })}
      />
    </div>
  );
}
