import react from '@vitejs/plugin-react';
import { configDefaults, defineConfig } from 'vitest/config';

/** Tests whose jobs are POSIX shell lines, process groups and signals: they have nothing to hold on Windows. */
const POSIX_ONLY = ['test/integration/{process,cli,runner,faults}/**'];

export default defineConfig({
  test: {
    reporters: process.env.CI ? ['dot'] : ['default'],
    projects: [
      {
        plugins: [react()],
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.{ts,tsx}'],
          environment: 'node',
          // Hundreds of small files: a thread for each costs a third less than a process.
          pool: 'threads',
          // A limit against what hangs: a busy machine is no failure.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...(process.platform === 'win32' ? POSIX_ONLY : [])],
          environment: 'node',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
