import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Most tests wait for commands that they start, so that two workers on two cores never idle; the default is one.
  test: { include: ['test/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 120_000, maxWorkers: 2 },
})
