// Mutation testing of src/stats and src/audit: node test/mutation/run.js [source files …]
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

// Installed when wanted and not among the dependencies: 157 packages, for a run that nobody makes daily.
const STRYKER = ['@stryker-mutator/core@9.6.1', '@stryker-mutator/vitest-runner@9.6.1']

const files = process.argv.slice(2)
if (!existsSync('node_modules/@stryker-mutator/vitest-runner')) run('npm', ['install', '--no-save', ...STRYKER])
for (const folder of ['stats', 'audit']) {
  const own = files.filter((file) => file.startsWith(`src/${folder}/`))
  if (files.length > 0 && own.length === 0) continue
  const only = own.length > 0 ? ['--mutate', own.join(',')] : []
  run('npx', ['stryker', 'run', 'test/mutation/stryker.config.js', ...only], { ...process.env, MUTATED: folder })
}

function run(command, args, env = process.env) {
  const { status } = spawnSync(command, args, { stdio: 'inherit', env })
  if (status !== 0) process.exit(status ?? 1)
}
