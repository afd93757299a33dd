import { defineConfig } from 'vitest/config'
import { keptWorker } from './kept-worker.js'

/**
 * Simulations, and tests that make whole runs: each takes longer than all others together. A mutant that survives costs all
 * tests that reach it, so that what these hold is held by a direct test too.
 */
const SLOW = [
  'test/stats/power-simulated.test.ts',
  'test/audit/{attrition,error-rates,judge,loopholes,would-be}.test.ts',
  'test/audit/slices/search.test.ts',
]

// src/stats is held by test/stats alone, src/audit by test/audit.
export default defineConfig({
  plugins: [
    {
      name: 'kept-worker',
      configureVitest({ project }) {
        project.config.pool = keptWorker.name as typeof project.config.pool
        project.config.poolRunner = keptWorker
      },
    },
  ],
  test: {
    include: [`test/${process.env.MUTATED ?? '{stats,audit}'}/**/*.test.ts`],
    exclude: SLOW,
    setupFiles: ['test/mutation/setup.ts', 'test/seed.ts'],
    isolate: false,
    testTimeout: 60_000,
  },
})
