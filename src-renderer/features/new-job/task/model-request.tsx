import { type ReactNode, useRef } from 'react';
import { assertNever } from '#shared/app-error.ts';
import fieldStyles from '../../../components/text-field/field.module.css';
import { Field } from '../../../components/text-field/field.tsx';
import {
  maxTokensOf,
  modelOf,
  temperatureOf,
  withMaxTokens,
  withModel,
  withTemperature,
} from '../draft/model-request.ts';
import { isObject, textOf } from '../draft/values.ts';
import { useDraftForm } from '../draft-context.tsx';
import { TAKES_PLACEHOLDERS, useInsert } from '../fields/insertion.tsx';
import { JsonField } from '../fields/json-field.tsx';
import { NumberField } from '../fields/parsed-field.tsx';
import { SecretMenu } from '../fields/secret-menu.tsx';
import { TextBlock } from '../fields/text-block.tsx';
import { ModelWords } from './model-words.tsx';
import styles from './task.module.css';

/** How the request is shown: its words and common parameters, all of it, or that it comes with each item. */
export type RequestView = 'words' | 'json' | 'item';

const REQUEST = '/metadata/jobdeck/task/request';

/** What is asked of the model. */
export function ModelRequest({ view, endpointField }: { view: RequestView; endpointField: ReactNode }) {
  const { form, onChange, errorAt } = useDraftForm();
  const { endpoint, request } = form;
  const insert = useInsert();
  const area = useRef<HTMLDivElement>(null);
  const secrets = (
    <SecretMenu where="the request" onPick={(placeholder) => insert(placeholder, area.current)} />
  );
  switch (view) {
    case 'item':
      return (
        <>
          <div className={styles.two}>{endpointField}</div>
          <TextBlock
            label="Request"
            mono
            rows={1}
            value={textOf(request)}
            error={errorAt(REQUEST)}
            hint="One placeholder, which stands for the whole request."
            onChange={(text) => onChange({ request: text })}
          />
        </>
      );
    case 'json':
      return (
        <>
          <div className={styles.two}>{endpointField}</div>
          <div ref={area}>
            <JsonField
              label="Request"
              takesPlaceholders
              action={secrets}
              value={request}
              refuse={(value) => (isObject(value) ? undefined : 'Expected an object with the request.')}
              error={errorAt(REQUEST)}
              onChange={(value) => onChange({ request: value })}
            />
          </div>
        </>
      );
    case 'words':
      return (
        <>
          <div className={styles.two}>
            {endpointField}
            <Field label="Model" error={errorAt(`${REQUEST}/model`)}>
              {(ids) => (
                <input
                  {...ids}
                  {...TAKES_PLACEHOLDERS}
                  autoComplete="off"
                  spellCheck={false}
                  placeholder={form.agentId === '' ? 'llama3.2' : 'The profile’s'}
                  className={`${fieldStyles.input} ${fieldStyles.mono}`}
                  value={modelOf(request)}
                  onChange={(event) => onChange({ request: withModel(request, event.currentTarget.value) })}
                />
              )}
            </Field>
          </div>
          <ModelWords secrets={secrets} area={area} />
          {endpoint === 'embeddings' ? null : (
            <div className={styles.two}>
              <NumberField
                label="Temperature"
                placeholder="The model’s"
                range={{ min: 0, max: 2, fractions: true }}
                value={temperatureOf(request)}
                onChange={(value) => onChange({ request: withTemperature(request, value) })}
              />
              <NumberField
                label="Most tokens of the answer"
                placeholder="The model’s"
                range={{ min: 1 }}
                value={maxTokensOf(endpoint, request)}
                onChange={(value) => onChange({ request: withMaxTokens(endpoint, request, value) })}
              />
            </div>
          )}
        </>
      );
    default:
      return assertNever(view);
  }
}
