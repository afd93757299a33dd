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

async function heapOf(script: string): Promise<number> {
  const { stdout, stderr } = await ended(spawn(process.execPath, ['--input-type=module', '-e', script]))
  expect(stderr).toBe('')
  return Number(stdout)
}

describe('boundHeap', () => {
  test('keeps the heap smaller where what got old dies', async () => {
    const { href } = pathToFileURL(join(BIN, '../../dist/cli/heap.js'))
    const bound = await heapOf(`import { boundHeap } from '${href}'\nboundHeap()\n${CHURN}`)
    expect(bound).toBeLessThan(0.8 * (await heapOf(CHURN)))
  })

  test('sets a flag that this V8 knows: another one it names on standard error', async () => {
    expect(await tuneaudit(['--version'])).toEqual({ code: 0, stdout: expect.stringMatching(/^\d/), stderr: '' })
  })
})
