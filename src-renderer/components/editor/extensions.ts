/** How the editor behaves and looks. */
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json, jsonParseLinter } from '@codemirror/lang-json';
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  HighlightStyle,
  indentOnInput,
  StreamLanguage,
  syntaxHighlighting,
} from '@codemirror/language';
import { javascript } from '@codemirror/legacy-modes/mode/javascript';
import { python } from '@codemirror/legacy-modes/mode/python';
import { shell } from '@codemirror/legacy-modes/mode/shell';
import { type Diagnostic, linter, lintGutter, lintKeymap } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import type { Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { EditorLanguage, EditorProblem } from './editor-props.ts';
import { EDITOR_THEME } from './editor-theme.ts';
import { pointerRange } from './pointer-range.ts';

const COLOURS = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.variableName)], color: 'light-dark(#2459c9, #8fb3ff)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'light-dark(#186f43, #7fd3a6)' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'light-dark(#9030a0, #d9a2ea)' },
  { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword], color: 'light-dark(#9030a0, #d9a2ea)' },
  { tag: [tags.comment, tags.meta], color: 'var(--text-3)', fontStyle: 'italic' },
  {
    tag: [tags.standard(tags.variableName), tags.function(tags.variableName)],
    color: 'light-dark(#0b6b7a, #6fcbd8)',
  },
]);

export function baseExtensions(): Extension {
  return [
    EDITOR_THEME,
    lineNumbers(),
    foldGutter({ openText: '⌄', closedText: '›' }),
    highlightSpecialChars(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    highlightSelectionMatches(),
    search({ top: true }),
    syntaxHighlighting(COLOURS),
    EditorView.lineWrapping,
    // Tab is left to the browser: it moves on, as everywhere else.
    keymap.of([...defaultKeymap, ...searchKeymap, ...historyKeymap, ...foldKeymap, ...lintKeymap]),
  ];
}

export function languageExtension(language: EditorLanguage): Extension {
  switch (language) {
    case 'json':
      return json();
    case 'shell':
      return StreamLanguage.define(shell);
    case 'python':
      return StreamLanguage.define(python);
    case 'javascript':
      return StreamLanguage.define(javascript);
    case 'plain':
      return [];
  }
}

/** Marks what is no JSON at once, and what `check` finds in JSON a moment after. */
export function checkExtension(check: (text: string) => Promise<readonly EditorProblem[]>): Extension {
  const parse = jsonParseLinter();
  return [
    lintGutter(),
    linter(
      async (view) => {
        if (view.state.doc.length === 0) return [];
        const broken = parse(view);
        if (broken.length > 0) return broken;
        const problems = await check(view.state.doc.toString());
        return problems.map(
          ({ path, message, severity }): Diagnostic => ({
            ...pointerRange(view.state, path),
            message,
            severity,
          }),
        );
      },
      { delay: 250 },
    ),
  ];
}
