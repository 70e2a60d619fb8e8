import { beforeAll, expect, it } from 'vitest';
import {
  fromChromium,
  policyToChromium,
  registerScheme,
  toChromium,
} from '../../electron-standin/chromium/scheme-mapping.ts';

beforeAll(() => registerScheme('app'));

it.each([
  ['app://jobdeck/index.html', 'https://jobdeck.app.invalid/index.html'],
  ['app://jobdeck/a%20b?x=1#y', 'https://jobdeck.app.invalid/a%20b?x=1#y'],
])('%s is %s to Chromium, and itself again on the way back', (own, chromiums) => {
  expect(toChromium(own)).toBe(chromiums);
  expect(fromChromium(chromiums)).toBe(own);
});

it.each([
  'https://example.com/app.invalid/',
  'https://app.invalid/',
  'https://jobdeck.other.invalid/',
  'other://jobdeck/',
  'data:text/html,x',
  'no address',
])('%s is left as it is, both ways', (address) => {
  expect(toChromium(address)).toBe(address);
  expect(fromChromium(address)).toBe(address);
});

it('a policy that names the scheme or a host of it keeps its meaning', () => {
  expect(policyToChromium("default-src 'self'; img-src app: data:; connect-src app://jobdeck")).toBe(
    "default-src 'self'; img-src https://*.app.invalid data:; connect-src https://jobdeck.app.invalid",
  );
});
