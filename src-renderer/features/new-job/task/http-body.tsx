import { useRef } from 'react';
import { assertNever } from '#shared/app-error.ts';
import { bodyKindOf } from '../draft/http.ts';
import { textOf } from '../draft/values.ts';
import { useDraftForm } from '../draft-context.tsx';
import { useInsert } from '../fields/insertion.tsx';
import { JsonField } from '../fields/json-field.tsx';
import { SecretMenu } from '../fields/secret-menu.tsx';
import { TextBlock } from '../fields/text-block.tsx';

/** What is sent: text as it is written, or JSON. */
export function HttpBody() {
  const { form, onChange, errorAt } = useDraftForm();
  const insert = useInsert();
  const area = useRef<HTMLDivElement>(null);
  const error = errorAt('/metadata/jobdeck/task/body');
  const secrets = <SecretMenu where="the body" onPick={(placeholder) => insert(placeholder, area.current)} />;
  const kind = bodyKindOf(form.body);
  switch (kind) {
    case 'none':
      return null;
    case 'text':
      return (
        <div ref={area}>
          <TextBlock
            label="Body"
            mono
            rows={4}
            action={secrets}
            value={textOf(form.body)}
            error={error}
            onChange={(body) => onChange({ body })}
          />
        </div>
      );
    case 'json':
      return (
        <div ref={area}>
          <JsonField
            label="Body"
            takesPlaceholders
            action={secrets}
            value={form.body}
            refuse={(value) =>
              typeof value === 'string'
                ? 'Expected an object, a list or a number: a text is the other kind of body.'
                : undefined
            }
            error={error}
            onChange={(body) => onChange({ body })}
          />
        </div>
      );
    default:
      return assertNever(kind);
  }
}
