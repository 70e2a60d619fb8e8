/** Puts together what is run in every new document, before any script of the page. */
import { readFileSync } from 'node:fs';
import { createCrossing } from './crossing.ts';
import { installPreloadWorld, type PreloadWorldOptions } from './preload-world.ts';
import { createWire } from './wire.ts';

export const WORLD_NAME = 'Electron Isolated Context';
export const BINDING_NAME = 'standinPost';

const TO_PAGE = 'standin-to-page';
const TO_PRELOAD = 'standin-to-preload';
/** As in Electron, the preload is for the main frame alone. */
const inMainFrame = (script: string): string => `if (window === window.top) { ${script} }`;

/** For the page's own world: the other end of the bridge. */
export function pageWorldScript(): string {
  return inMainFrame(`(${createCrossing})(${JSON.stringify(TO_PRELOAD)}, ${JSON.stringify(TO_PAGE)});`);
}

/** For the isolated world: Electron's API and the preload. */
export function preloadWorldScript(preload: string | null): string {
  const options: PreloadWorldOptions = {
    binding: BINDING_NAME,
    versions: { ...process.versions } as Record<string, string>,
    platform: process.platform,
    arch: process.arch,
  };
  const source = preload === null ? '' : readFileSync(preload, 'utf8');
  return inMainFrame(
    `(${installPreloadWorld})(${JSON.stringify(options)}, (${createWire})(),
      (${createCrossing})(${JSON.stringify(TO_PAGE)}, ${JSON.stringify(TO_PRELOAD)}),
      function (require, module, exports, process) { ${source}\n});`,
  );
}
