import { defineConfig } from 'vitest/config'

export default defineConfig({
  // What plugins import: the code under test.
  resolve: {
    alias: [
      { find: /^tuneaudit$/, replacement: `${import.meta.dirname}/src/index.ts` },
      { find: /^tuneaudit\/testing$/, replacement: `${import.meta.dirname}/src/testing/index.ts` },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/setup.ts',
    setupFiles: 'test/seed.ts',
    // Most tests wait for commands that they start: two workers on two cores never idle, where the default is one.
    maxWorkers: 2,
    // Against what hangs, not against what is slow: a machine with other work takes several times as long.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
})
