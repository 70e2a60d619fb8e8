/** Makes the specifier `electron` mean the stand-in, for `import` and `require` alike. */
import Module, { registerHooks } from 'node:module';
import * as members from './exports.ts';
import { strictModule } from './strict.ts';

const ADDRESS = 'electron-standin:main';
/** The mutable object that both ways lead to, so that what a spec patches is what the application calls. */
const electron = strictModule('electron', { ...members });

export function installModuleHooks(): void {
  const loader = Module as unknown as { _load: (request: string, ...rest: unknown[]) => unknown };
  const load = loader._load;
  loader._load = (request, ...rest) => (isElectron(request) ? electron : load.call(Module, request, ...rest));
  Object.assign(globalThis, { [Symbol.for('electron-standin')]: electron });
  registerHooks({
    resolve: (specifier, context, next) =>
      isElectron(specifier) && !context.conditions.includes('require')
        ? { url: ADDRESS, format: 'module', shortCircuit: true }
        : next(specifier, context),
    load: (url, context, next) =>
      url === ADDRESS ? { format: 'module', source: moduleSource(), shortCircuit: true } : next(url, context),
  });
}

function isElectron(specifier: string): boolean {
  return specifier === 'electron' || specifier === 'electron/main' || specifier === 'electron/common';
}

/** An import of a name that is not listed here fails when it is linked, and names itself. */
function moduleSource(): string {
  const exported = Object.keys(members).map((name) => `export const ${name} = electron.${name};`);
  return [
    "const electron = globalThis[Symbol.for('electron-standin')];",
    'export default electron;',
    ...exported,
  ].join('\n');
}
