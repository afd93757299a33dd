const folder = process.env.MUTATED ?? 'stats'

export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'test/mutation/vitest.config.ts', related: false },
  mutate: [`src/${folder}/**/*.ts`],
  coverageAnalysis: 'perTest',
  // What runs once while a module loads would need a fresh process for each mutant.
  ignoreStatic: true,
  concurrency: 2,
  timeoutMS: 5000,
  dryRunTimeoutMinutes: 10,
  incremental: true,
  incrementalFile: `build/mutation/${folder}-incremental.json`,
  reporters: ['json', 'clear-text', 'progress-append-only'],
  jsonReporter: { fileName: `build/mutation/${folder}.json` },
  clearTextReporter: { logTests: false, reportTests: false, allowColor: false },
  tempDirName: `build/mutation/${folder}-sandbox`,
  ignorePatterns: ['build', 'dist', 'docs', 'action'],
}
