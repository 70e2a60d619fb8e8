/** A piece of text, or the name of one character that can not be seen. */
export interface TextPiece {
  text: string;
  isHidden: boolean;
}

/** Controls, format characters and unusual spaces; a tab, a line break and the common space are what they look like. */
const HIDDEN = /(?![\t\n ])[\p{Cc}\p{Cf}\p{Z}]/gu;
const FIRST_CONTROL_PICTURE = 0x2400;

/** Takes characters out that would change what one sees without being seen, and names each: "␛", "U+202E". */
export function splitHidden(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let end = 0;
  for (const match of text.matchAll(HIDDEN)) {
    if (match.index > end) pieces.push({ text: text.slice(end, match.index), isHidden: false });
    pieces.push({ text: nameOf(match[0]), isHidden: true });
    end = match.index + match[0].length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), isHidden: false });
  return pieces;
}

function nameOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(FIRST_CONTROL_PICTURE + code);
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}
