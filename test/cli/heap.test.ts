import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { BIN, ended, tuneaudit } from './run.js'

/** Keeps some 20 MB of what was made last, all of which gets old before it dies, and says how large the heap became. */
const CHURN = `
const kept = []
let most = 0
for (let n = 0; n < 2000; n++) {
  kept[n % 128] = new Array(20_000).fill(n + 0.5)
  most = Math.max(most, process.memoryUsage().heapTotal)
}
process.stdout.write(String(most))
`

/** Keeps all of its first records, none of the later ones, and says how often V8 looked for old objects that died. */
const STREAM = `
import { constants, PerformanceObserver } from 'node:perf_hooks'
const { NODE_PERFORMANCE_GC_MAJOR, NODE_PERFORMANCE_GC_INCREMENTAL } = constants
let looked = 0
new PerformanceObserver((list) => {
  for (const { detail } of list.getEntries())
    if ([NODE_PERFORMANCE_GC_MAJOR, NODE_PERFORMANCE_GC_INCREMENTAL].includes(detail.kind)) looked++
}).observe({ entryTypes: ['gc'] })
const record = (n) => ({ n, list: [n, n + 1, n + 2], inner: { n } })
const kept = []
let sum = 0
for (let round = 0; round < 600; round++) {
  for (let n = 0; n < 10_000; n++) {
    const made = record(n)
    if (round < 40) kept.push(made)
    sum += made.list[1] + made.inner.n
  }
  await new Promise((done) => setImmediate(done))
}
await new Promise((done) => setTimeout(done, 10))
process.stdout.write(String(looked))
`

async function said(script: string): Promise<number> {
  const { stdout, stderr } = await ended(spawn(process.execPath, ['--input-type=module', '-e', script]))
  expect(stderr).toBe('')
  return Number(stdout)
}

const { href } = pathToFileURL(join(BIN, '../../dist/cli/heap.js'))
const bound = (script: string) => `import { boundHeap } from '${href}'\nboundHeap()\n${script}`

describe('boundHeap', () => {
  test('keeps the heap smaller where what got old dies', async () => {
    expect(await said(bound(CHURN))).toBeLessThan(0.8 * (await said(CHURN)))
  })

  test('has V8 make no record old because the first ones were kept', async () => {
    // 2 to 4 times; 46 to 54 where the heap is bound and V8 learns of the first.
    expect(await said(bound(STREAM))).toBeLessThan(20)
  })

  test('sets a flag that this V8 knows: another one it names on standard error', async () => {
    expect(await tuneaudit(['--version'])).toEqual({ code: 0, stdout: expect.stringMatching(/^\d/), stderr: '' })
  })
})
