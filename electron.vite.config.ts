import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/**
 * Three bundles with folders of our own. The main process keeps its few dependencies inside its bundle, so that
 * the packaged application holds no node_modules at all.
 */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      externalizeDeps: false,
      rolldownOptions: {
        input: {
          index: 'src-main/index.ts',
          cli: 'src-main/cli.ts',
          'spawn-helper': 'src-main/adapters/process/spawn-helper.ts',
          'import-worker': 'src-main/adapters/documents/import-worker.ts',
        },
        external: ['electron', /^node:/],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: 'src-preload/preload.ts' },
        external: ['electron'],
        // A sandboxed preload is one CommonJS file: it can require `electron` and nothing of its own.
        output: { format: 'cjs', codeSplitting: false, entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    base: './',
    plugins: [react()],
    build: {
      outDir: 'out/renderer',
      // The polyfill would fetch, which the content security policy forbids; Chromium needs none.
      modulePreload: { polyfill: false },
      // Read from the disk and not over a network: one file costs less than many. The editor is a chunk of its own.
      chunkSizeWarningLimit: 900,
      rolldownOptions: { input: { index: 'src-renderer/index.html' } },
    },
  },
});
