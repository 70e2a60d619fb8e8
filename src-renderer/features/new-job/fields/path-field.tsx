import type { FileChoice } from '#shared/contract/items.ts';
import { Button } from '../../../components/button/button.tsx';
import fieldStyles from '../../../components/text-field/field.module.css';
import { Field } from '../../../components/text-field/field.tsx';
import { useServices } from '../../../services/services.tsx';
import { showError } from '../../../services/show-error.ts';
import styles from './fields.module.css';
import { TAKES_PLACEHOLDERS } from './insertion.tsx';

/** The path of a file or folder: written, or chosen in the system's dialog. */
export function PathField(props: {
  label: string;
  what: FileChoice;
  value: string;
  placeholder?: string;
  hint?: string;
  error?: string | undefined;
  takesPlaceholders?: boolean;
  onChange: (path: string) => void;
}) {
  const { api } = useServices();
  const choose = async () => {
    const answer = await api.chooseFile({ what: props.what });
    if (!answer.ok) showError('The dialog for files could not be opened.', answer.error);
    else if (answer.value !== null) props.onChange(answer.value.path);
  };
  return (
    <Field label={props.label} hint={props.hint} error={props.error}>
      {(ids) => (
        <div className={styles.path}>
          <input
            {...ids}
            {...(props.takesPlaceholders && TAKES_PLACEHOLDERS)}
            className={`${fieldStyles.input} ${fieldStyles.mono}`}
            autoComplete="off"
            spellCheck={false}
            placeholder={props.placeholder}
            value={props.value}
            onChange={(event) => props.onChange(event.currentTarget.value)}
          />
          <Button aria-label={`Choose… ${props.label}`} onClick={() => void choose()}>
            Choose…
          </Button>
        </div>
      )}
    </Field>
  );
}
