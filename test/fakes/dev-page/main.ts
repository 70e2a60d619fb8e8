/**
 * The window in a plain browser, over a main process in memory. `?scene=` says what there is to see: `history`
 * (a past, and jobs that run), `empty`, `large`, `detached` (no bridge).
 */
import { API_NAME } from '#shared/contract/app-api.ts';
import { createFakeJobdeck } from '../fake-jobdeck-api.ts';
import { prepareScene } from './scenes.ts';

const scene = new URLSearchParams(location.search).get('scene') ?? 'history';
const fake = createFakeJobdeck({ runsByItself: scene === 'empty' });
if (scene !== 'detached') Object.assign(window, { [API_NAME]: fake.api, fakeJobdeck: fake });
await prepareScene(scene, fake);
await import('../../../src-renderer/app/main.tsx');
