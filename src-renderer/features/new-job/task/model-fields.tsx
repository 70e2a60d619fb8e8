import { useState } from 'react';
import { LLM_ENDPOINTS } from '#shared/job/tasks.ts';
import { Segmented } from '../../../components/segmented/segmented.tsx';
import { SelectField } from '../../../components/text-field/text-field.tsx';
import { requestFor, withWords } from '../draft/model-request.ts';
import { useDraftForm } from '../draft-context.tsx';
import { Check } from '../fields/check.tsx';
import { ModelRequest, type RequestView } from './model-request.tsx';
import { ModelTarget } from './model-target.tsx';
import styles from './task.module.css';

const ENDPOINTS = LLM_ENDPOINTS.map((endpoint) => ({ value: endpoint, label: endpoint }));

/** A call of a language model: which one, and what is asked of it. */
export function ModelFields() {
  const { form, onChange, errorAt } = useDraftForm();
  const [isJson, setIsJson] = useState(false);
  const { endpoint, request } = form;
  const view: RequestView = typeof request === 'string' ? 'item' : isJson ? 'json' : 'words';

  const choose = (to: RequestView) => {
    setIsJson(to === 'json');
    if (to === 'item') onChange({ request: '{{item.body}}' });
    else if (view === 'item') onChange({ request: withWords(endpoint, {}, { system: null, user: '' }) });
  };
  const views: { value: RequestView; label: string }[] = [
    { value: 'words', label: 'Form' },
    { value: 'json', label: 'JSON' },
    // A request from the items makes sense where there are items, and is shown where it is there all the same.
    ...(form.items !== undefined || view === 'item'
      ? [{ value: 'item' as const, label: 'From each item' }]
      : []),
  ];

  return (
    <>
      <ModelTarget
        agentId={form.agentId}
        baseUrl={form.baseUrl}
        error={errorAt('/metadata/jobdeck/task/base_url') ?? errorAt('/agent_id')}
        onChange={onChange}
      />
      <div className={styles.bar}>
        <Segmented label="How the request is written" value={view} options={views} onChange={choose} />
        {endpoint === 'embeddings' ? null : (
          <Check
            label="Stream the answer"
            checked={form.stream}
            onChange={(stream) => onChange({ stream })}
          />
        )}
      </div>
      <ModelRequest
        view={view}
        endpointField={
          <SelectField
            label="Endpoint"
            value={endpoint}
            options={ENDPOINTS}
            onChange={(to) => onChange({ endpoint: to, request: requestFor(to, endpoint, request) })}
          />
        }
      />
    </>
  );
}
