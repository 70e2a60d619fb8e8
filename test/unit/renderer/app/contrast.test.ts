/** The contrast of texts on what lies under them: WCAG 2.2, 1.4.3 asks for 4.5 to 1. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const TOKENS = readFileSync(
  new URL('../../../../src-renderer/app/styles/tokens.css', import.meta.url),
  'utf8',
);
const PAIR = /--([\w-]+): light-dark\((#\w{6}|rgb\([^)]+\)), (#\w{6}|rgb\([^)]+\))\);/gu;
const SCHEMES = ['light', 'dark'] as const;
type Scheme = (typeof SCHEMES)[number];

/** Red, green and blue of 0 to 255, and how much it covers. */
type Colour = readonly [number, number, number, number];

const colours = new Map(
  [...TOKENS.matchAll(PAIR)].map(([, name = '', light = '', dark = '']) => [
    name,
    { light: parsed(light), dark: parsed(dark) },
  ]),
);

const TEXTS = ['text', 'text-2', 'text-3', 'accent', 'ok', 'bad', 'warn'];
const PANES = ['bg', 'bg-side', 'bg-sunken', 'bg-raised'];
/** What lies under a text: a colour, and another over it. */
const UNDER: readonly string[][] = [
  ...PANES.flatMap((pane) => [[pane], [pane, 'bg-hover']]),
  ...['bg-selected', 'bg-selected-quiet', 'ok-tint', 'bad-tint', 'warn-tint', 'run-tint', 'idle-tint'].map(
    (each) => [each],
  ),
];
const CASES = SCHEMES.flatMap((scheme) => [
  ...TEXTS.flatMap((text) => UNDER.map((under) => ({ scheme, text, under }))),
  // The list of the sidebar that is shown.
  ...['text', 'text-2', 'text-3'].map((text) => ({ scheme, text, under: ['bg-side', 'bg-press'] })),
  { scheme, text: 'on-ink', under: ['ink'] },
  { scheme, text: 'on-ink', under: ['ink-hover'] },
]);

describe.each(SCHEMES)('in the %s scheme', (scheme) => {
  it('each text can be read on each thing that lies under it', () => {
    const tooFaint = CASES.filter((each) => each.scheme === scheme)
      .map(({ text, under }) => ({ text, under: under.join(' and '), ratio: ratioOf(scheme, text, under) }))
      .filter(({ ratio }) => ratio < 4.5);
    expect(tooFaint).toEqual([]);
  });
});

it('black on white has the highest contrast there is', () => {
  expect(contrast([0, 0, 0, 1], [255, 255, 255, 1])).toBeCloseTo(21, 5);
});

function ratioOf(scheme: Scheme, text: string, under: readonly string[]): number {
  const ground = under.map((name) => colourOf(scheme, name)).reduce((below, above) => over(above, below));
  return contrast(colourOf(scheme, text), ground);
}

function colourOf(scheme: Scheme, name: string): Colour {
  const colour = colours.get(name)?.[scheme];
  if (colour === undefined) throw new Error(`Expected a token --${name}.`);
  return colour;
}

function parsed(text: string): Colour {
  if (text.startsWith('#')) {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(text.slice(at, at + 2), 16));
    return [red, green, blue, 1];
  }
  const [red = 0, green = 0, blue = 0, percent = 100] = (text.match(/[\d.]+/gu) ?? []).map(Number);
  return [red, green, blue, percent / 100];
}

function over([red, green, blue, share]: Colour, below: Colour): Colour {
  const mixed = (above: number, under: number) => above * share + under * (1 - share);
  return [mixed(red, below[0]), mixed(green, below[1]), mixed(blue, below[2]), 1];
}

function contrast(one: Colour, other: Colour): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function luminance([red, green, blue]: Colour): number {
  const part = (value: number) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue);
}
