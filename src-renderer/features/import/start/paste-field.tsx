import { type ClipboardEvent, useState } from 'react';
import { Button } from '../../../components/button/button.tsx';
import { TextArea } from '../../../components/text-field/text-field.tsx';
import { useServices } from '../../../services/services.tsx';
import { openText } from '../open-import.ts';
import styles from './paste-field.module.css';

/** Text to import. What is pasted into the empty field is looked at at once. */
export function PasteField() {
  const { api } = useServices();
  const [text, setText] = useState('');
  const paste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData.getData('text/plain');
    if (text.trim() !== '' || pasted.trim() === '') return;
    event.preventDefault();
    void openText(api, pasted);
  };
  return (
    <div className={styles.paste} onPaste={paste}>
      <TextArea
        label="Or paste JSON"
        placeholder="A document, an array of them, or one a line"
        rows={3}
        mono
        value={text}
        onChange={setText}
      />
      {text.trim() === '' ? null : (
        <Button className={styles.look} onClick={() => void openText(api, text)}>
          Preview
        </Button>
      )}
    </div>
  );
}
