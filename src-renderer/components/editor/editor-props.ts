export interface EditorProblem {
  /** JSON Pointer of what is wrong, '' for the whole; used where there is no line. */
  path: string;
  message: string;
  severity: 'error' | 'warning';
}

export type EditorLanguage = 'json' | 'shell' | 'python' | 'javascript' | 'plain';

export interface EditorProps {
  /** Its name. */
  label: string;
  value: string;
  onChange?: (value: string) => void;
  readOnly?: boolean;
  language: EditorLanguage;
  /** For the style element that the editor makes. */
  nonce: string;
  /** Looks at the text a moment after it changed; what it finds is marked. Only for JSON. */
  check?: (text: string) => Promise<readonly EditorProblem[]>;
  framed?: boolean;
  className?: string | undefined;
}
