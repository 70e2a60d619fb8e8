/** One line of a terminal's text as pieces of one look each. */
import Anser from 'anser';

export interface AnsiSpan {
  text: string;
  /** Names of looks: `red`, `bright-red`, `bg-blue`, `bold`, ... */
  looks: string[];
  /** A colour of the large palette or a true colour, as CSS. */
  color?: string;
  background?: string;
}

const ESC = '\u001b';
const BELL = '\u0007';
/** Titles, links and the like: a terminal does not print them. */
const OPERATING_SYSTEM_COMMAND = new RegExp(`${ESC}\\][^${BELL}${ESC}]*(?:${BELL}|${ESC}\\\\)`, 'gu');
const SHORT_SEQUENCE = new RegExp(`${ESC}(?:[()#%][0-9A-Za-z]|[=>78cDEHMNOZ])`, 'gu');
const COLOUR_SEQUENCE = new RegExp(`${ESC}\\[[0-9;:]*m`, 'gu');
const ANY_SEQUENCE = new RegExp(`${ESC}\\[[0-9;:?<=>!]*[ -/]*[@-~]`, 'gu');
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
const OVERTYPED = /[^\u0008]\u0008/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
const OTHER_CONTROLS = /[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f]/gu;

/**
 * @param text one line, with its escape sequences and carriage returns
 * @param state escape sequences that are still on from the lines before
 */
export function ansiSpans(text: string, state = ''): AnsiSpan[] {
  const shown = state + withoutControls(afterReturns(text));
  if (!shown.includes(ESC)) return shown === '' ? [] : [{ text: shown, looks: [] }];
  return new Anser()
    .ansiToJson(shown, { json: true, use_classes: true, remove_empty: true })
    .filter((entry) => entry.content !== '')
    .map((entry) => {
      const span: AnsiSpan = { text: entry.content, looks: [...entry.decorations] };
      const color = colourOf(entry.fg, entry.fg_truecolor);
      const background = colourOf(entry.bg, entry.bg_truecolor);
      if (color?.look) span.looks.push(color.look);
      if (color?.css) span.color = color.css;
      if (background?.look) span.looks.push(`bg-${background.look}`);
      if (background?.css) span.background = background.css;
      return span;
    });
}

/** The line without any escape sequence: for copying. */
export function plainText(text: string): string {
  return withoutControls(afterReturns(text)).replace(ANY_SEQUENCE, '');
}

/** What is left on a terminal of a line that went back to its beginning: a progress bar shows its last state. */
function afterReturns(text: string): string {
  if (!text.includes('\r')) return text;
  const parts = text.split('\r');
  const last = parts.findLastIndex((part) => part.replace(ANY_SEQUENCE, '') !== '');
  if (last === -1) return '';
  const colours = parts.slice(0, last).join('').match(COLOUR_SEQUENCE) ?? [];
  return colours.slice(-4).join('') + parts[last];
}

function withoutControls(text: string): string {
  let shown = text.replace(OPERATING_SYSTEM_COMMAND, '').replace(SHORT_SEQUENCE, '');
  for (let times = 0; times < 200 && OVERTYPED.test(shown); times += 1) shown = shown.replace(OVERTYPED, '');
  return shown.replace(OTHER_CONTROLS, '');
}

function colourOf(name: string | null, trueColour: string | null): { look?: string; css?: string } | null {
  if (!name) return null;
  if (name === 'ansi-truecolor') return trueColour ? { css: `rgb(${trueColour})` } : null;
  const [, index] = /^ansi-palette-(\d+)$/u.exec(name) ?? [];
  return index === undefined ? { look: name.replace('ansi-', '') } : { css: paletteColour(Number(index)) };
}

/** Colours 16 to 255: a cube of six steps a channel, then greys. */
function paletteColour(index: number): string {
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return `rgb(${grey}, ${grey}, ${grey})`;
  }
  const step = (value: number) => (value === 0 ? 0 : 55 + value * 40);
  const cube = index - 16;
  return `rgb(${step(Math.floor(cube / 36))}, ${step(Math.floor(cube / 6) % 6)}, ${step(cube % 6)})`;
}
