import { useId } from 'react';
import { Segmented } from '../../../components/segmented/segmented.tsx';
import fieldStyles from '../../../components/text-field/field.module.css';
import { Field } from '../../../components/text-field/field.tsx';
import { TextField } from '../../../components/text-field/text-field.tsx';
import { type BodyKind, bodyAs, bodyKindOf, HTTP_METHODS, parseStatusList } from '../draft/http.ts';
import { answerSummary } from '../draft/summaries.ts';
import { useDraftForm } from '../draft-context.tsx';
import { TAKES_PLACEHOLDERS } from '../fields/insertion.tsx';
import { NameValueTable } from '../fields/name-value-table.tsx';
import { NumberField, ParsedField, SizeField } from '../fields/parsed-field.tsx';
import { Section } from '../section.tsx';
import { HttpBody } from './http-body.tsx';
import styles from './task.module.css';

const TASK = '/metadata/jobdeck/task';
const BODY_KINDS: readonly { value: BodyKind; label: string }[] = [
  { value: 'none', label: 'No body' },
  { value: 'text', label: 'Text' },
  { value: 'json', label: 'JSON' },
];

/** A request: where, with what, and which answers are good. */
export function HttpFields() {
  const { form, onChange, errorAt } = useDraftForm();
  const methods = useId();
  return (
    <>
      <div className={styles.request}>
        <TextField
          label="Method"
          mono
          list={methods}
          placeholder="GET"
          value={form.method}
          error={errorAt(`${TASK}/method`)}
          onChange={(method) => onChange({ method: method.toUpperCase() })}
        />
        <datalist id={methods}>
          {HTTP_METHODS.map((method) => (
            <option key={method} value={method} />
          ))}
        </datalist>
        <Field label="URL" error={errorAt(`${TASK}/url`)}>
          {(ids) => (
            <input
              {...ids}
              {...TAKES_PLACEHOLDERS}
              inputMode="url"
              autoComplete="off"
              spellCheck={false}
              placeholder="https://example.org/api"
              className={`${fieldStyles.input} ${fieldStyles.mono}`}
              value={form.url}
              onChange={(event) => onChange({ url: event.currentTarget.value })}
            />
          )}
        </Field>
      </div>
      <NameValueTable
        label="Headers"
        noun="header"
        namePlaceholder="Name"
        map={form.headers}
        error={errorAt(`${TASK}/headers`)}
        secretRow={(value) => ({ name: 'Authorization', value: `Bearer ${value}` })}
        onChange={(headers) => onChange({ headers })}
      />
      <div>
        <Segmented
          label="Body of the request"
          value={bodyKindOf(form.body)}
          options={BODY_KINDS}
          onChange={(kind) => onChange({ body: bodyAs(kind, form.body) })}
        />
      </div>
      <HttpBody />
    </>
  );
}

const ANSWER_PATHS = ['expect', 'max_redirects', 'max_response_bytes'].map((key) => `${TASK}/${key}`);

/** Which answers are good, and how much is taken. */
export function AnswerSection() {
  const { form, onChange, errorAt } = useDraftForm();
  return (
    <Section title="Answer" summary={answerSummary(form)} paths={ANSWER_PATHS}>
      <div className={styles.three}>
        <ParsedField
          label="Success is"
          mono
          placeholder="2xx"
          value={form.expectStatus}
          format={(list) => list.join(', ')}
          parse={parseStatusList}
          expected="Expected codes such as 2xx or 304."
          error={errorAt(`${TASK}/expect`)}
          onChange={(expectStatus) => onChange({ expectStatus })}
        />
        <NumberField
          label="Redirects followed"
          placeholder="None"
          range={{ min: 0, max: 20 }}
          value={form.maxRedirects}
          error={errorAt(`${TASK}/max_redirects`)}
          onChange={(maxRedirects) => onChange({ maxRedirects })}
        />
        <SizeField
          label="Size limit"
          placeholder="64 MiB"
          value={form.maxResponseBytes}
          error={errorAt(`${TASK}/max_response_bytes`)}
          onChange={(maxResponseBytes) => onChange({ maxResponseBytes })}
        />
      </div>
    </Section>
  );
}
