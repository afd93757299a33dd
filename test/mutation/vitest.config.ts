import { defineConfig } from 'vitest/config'

// src/stats is held by test/stats alone, src/audit by test/audit; simulations are too slow to run against each mutant.
export default defineConfig({
  test: {
    include: [`test/${process.env.MUTATED ?? '{stats,audit}'}/**/*.test.ts`],
    exclude: ['test/audit/error-rates.test.ts'],
    setupFiles: 'test/seed.ts',
    // One worker for all the files that a mutant needs: starting workers is most of what a mutant costs.
    isolate: false,
    testTimeout: 60_000,
  },
})
