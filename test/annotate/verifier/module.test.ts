import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { ask, faultOf, requestOf, usePrograms, verdicts } from './programs.js'

const { folder, module, verifier, write } = usePrograms()

describe('a verifier module', () => {
  it('is asked with the case and the sample, without what is unknown', async () => {
    const echo = module(
      `export const verify = (...told) => ({ feasible: true, violations: [JSON.stringify(told)], objective: told[1].value.height })`,
    )
    const said = await echo.verify({ ...requestOf('1:00'), value: { height: 2.5 }, record: { moon: 'full' } })
    const case_ = { task: 'tides', id: 't-1', prompt: 'High tide?', reference: null }
    const sample = { output: '1:00', value: { height: 2.5 }, record: { moon: 'full' } }
    expect(said).toMatchObject({ objective: 2.5, violations: [JSON.stringify([case_, sample])] })
  })

  it('may be asynchronous, print what it likes, and have children that do', async () => {
    const loud = module(`import { execSync } from 'node:child_process'
      console.log('loaded')
      export async function verify(_, { output }) {
        console.log('{"feasible":false}')
        process.stdout.write('half a line')
        execSync('echo tide', { stdio: 'inherit' })
        await new Promise((resolve) => setTimeout(resolve, 5))
        return { feasible: output === 'high' }
      }`)
    expect(await verdicts(loud, ['high', 'low', 'high'])).toEqual(['yes', 'no', 'yes'])
  })

  it('may use workers', async () => {
    const text = `import { Worker } from 'node:worker_threads'
      const source = 'require("node:worker_threads").parentPort.postMessage(7)'
      export const verify = () => new Promise((resolve) =>
        new Worker(source, { eval: true }).once('message', (objective) => resolve({ feasible: true, objective })))`
    expect(await ask(module(text, { timeoutMs: 20_000 }), ['1:00'])).toMatchObject([{ objective: 7 }])
  })

  it('that throws leaves that output a fault, and goes on', async () => {
    const text = `let heard = 0
      export const verify = (_, { output }) => {
        heard++
        if (output === 'low') throw new RangeError('no moon')
        if (output === 'odd') throw { toString() { throw 1 } }
        return { feasible: true, objective: heard }
      }`
    const thrower = module(text)
    expect(await faultOf(thrower, 'low')).toMatch(
      /^crashed: It could not judge: RangeError: no moon \(tides-\d+\.mjs:4\)$/,
    )
    expect(await faultOf(thrower, 'odd')).toBe('crashed: It could not judge: something that has no text')
    expect(await ask(thrower, ['high'])).toMatchObject([{ objective: 3 }])
  })

  it('that never comes back is ended, be it busy or idle', async () => {
    const text = `export const verify = (_, { output }) => {
      while (output === 'busy');
      return output === 'idle' ? new Promise(() => {}) : { feasible: true }
    }`
    const said = await verdicts(module(text), ['high', 'busy', 'high', 'idle', 'high'])
    expect(said).toEqual(['yes', 'timed-out', 'yes', 'timed-out', 'yes'])
  })

  it.each([
    ['undefined', 'It answered "undefined"'],
    ['() => true', 'It answered "function"'],
    ['true', 'It answered "true"'],
    ['({ feasible: 1 })', 'Its answer has 1 for "feasible"'],
    ['({ feasible: true, objective: NaN })', 'Its answer has "NaN" for "objective"'],
    ['({ feasible: true, objective: -Infinity })', 'Its answer has "-Infinity" for "objective"'],
  ])('that returns %s has not answered', async (value, message) => {
    const bad = module(`export const verify = (_, { output }) => output === 'bad' ? ${value} : { feasible: true }`)
    const said = await faultOf(bad, 'bad')
    expect(said).toMatch(/^bad-answer: /)
    expect(said).toContain(message)
    expect(await verdicts(bad, ['good'])).toEqual(['yes'])
  })

  it('that returns what JSON cannot write could not judge', async () => {
    const big = module(`export const verify = () => ({ feasible: true, objective: 10n })`)
    expect(await faultOf(big, '1:00')).toMatch(/^crashed: It could not judge: TypeError: .*BigInt/)
  })

  it.each([
    [
      'has no verify',
      `export const check = () => true; export const verify = 3`,
      'it exports no function verify, but: check, verify.',
    ],
    ['cannot be parsed', `export const verify = (`, /SyntaxError: [^(]*\. To see where, run it with node\.$/],
    ['throws while it loads', `throw new Error('no almanac')`, /Error: no almanac \(tides-\d+\.mjs:1\)\. To see/],
    ['imports what is not there', `import 'no-such-almanac'`, `Cannot find package 'no-such-almanac'`],
  ])('that %s is not started', async (_, text, message) => {
    const said = await faultOf(module(text), '1:00')
    expect(said).toMatch(/^not-started: The module "tides-\d+\.mjs" cannot be used: /)
    expect(said).toMatch(message)
  })

  it('that is not there is not started', async () => {
    const said = await faultOf(verifier({ module: './gone.mjs' }), '1:00')
    expect(said).toBe('not-started: The module "./gone.mjs" cannot be used: there is no such file.')
  })

  it('that never finishes to load is timed out', async () => {
    const endless = module('await new Promise(() => {})', { startMs: 700 })
    expect(await verdicts(endless, ['1:00'])).toEqual(['timed-out'])
  })

  it('ends when its input ends, whatever it waits for: our own process may have died', async () => {
    const runner = fileURLToPath(new URL('../../../src/annotate/verifier/runner.js', import.meta.url))
    const name = write(`setInterval(() => {}, 1000); export const verify = () => new Promise(() => {})`)
    const stdio = ['pipe', 'pipe', 'pipe', 'pipe'] as const
    const child = spawn(execPath, [runner, pathToFileURL(join(folder, name)).href], { stdio: [...stdio] })
    child.stdin!.end(`${JSON.stringify(requestOf('1:00'))}\n`)
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  // tsc copies the runner only because tsconfig.build.json has allowJs.
  it.skipIf(!existsSync(built('index.js')))('has its runner in the build', () => {
    expect(existsSync(built('runner.js'))).toBe(true)
  })
})

function built(name: string): string {
  return fileURLToPath(new URL(`../../../dist/annotate/verifier/${name}`, import.meta.url))
}
