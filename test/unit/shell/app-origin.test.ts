import { describe, expect, it } from 'vitest';
import { isAppUrl, WINDOW_URL } from '../../../src-main/shell/app-origin.ts';

describe('isAppUrl', () => {
  it.each([WINDOW_URL, 'app://jobdeck/assets/index.js', `${WINDOW_URL}#/jobs`])('knows %s as ours', (url) => {
    expect(isAppUrl(url)).toBe(true);
  });

  it.each([
    '',
    'about:blank',
    'https://jobdeck/index.html',
    'app://jobdeck.example/index.html',
    'app://jobdeck:1/index.html',
    'app://elsewhere/jobdeck/',
    'app:jobdeck/index.html',
    'file:///app://jobdeck/index.html',
    'not an address',
  ])('knows "%s" as foreign', (url) => {
    expect(isAppUrl(url)).toBe(false);
  });
});
