import { expect, it } from 'vitest';
import { windowOptions } from '../../../../src-main/shell/window/window-options.ts';

it('makes a sandboxed, isolated page without Node, whose bridge is the preload', () => {
  expect(windowOptions({ preload: '/out/preload/preload.cjs', dark: false }).webPreferences).toEqual({
    preload: '/out/preload/preload.cjs',
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
  });
});

it('keeps a useful size, remembers its place, and stays hidden until the page can be shown', () => {
  expect(windowOptions({ preload: '', dark: false })).toMatchObject({
    width: 1280,
    height: 800,
    minWidth: 900,
    minHeight: 600,
    name: 'main',
    windowStatePersistence: true,
    show: false,
  });
});

it('has the background of the theme, so that nothing flashes', () => {
  const light = windowOptions({ preload: '', dark: false }).backgroundColor;
  const dark = windowOptions({ preload: '', dark: true }).backgroundColor;
  expect(light).toBe('#ffffff');
  expect(dark).toBe('#1a1b1e');
});
