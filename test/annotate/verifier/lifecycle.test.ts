import { getActiveResourcesInfo } from 'node:process'
import { describe, expect, it } from 'vitest'
import { ask, faultOf, requestOf, usePrograms, verdicts } from './programs.js'

const { folder, module, program, verifier } = usePrograms()

/** What keeps our process alive, as far as processes and pipes are concerned. */
const handles = () => getActiveResourcesInfo().filter((name) => /Process|Pipe/.test(name))
const HANDLES = handles()

const OUTPUTS = Array.from({ length: 12 }, (_, hour) => `${hour}:00`)

describe('giving up', () => {
  it('comes after five answers that are not in time, and names the last', async () => {
    const sleepy = program(`if (heard === 2) return; answer({ feasible: true })`, { timeoutMs: 200 })
    const said = await verdicts(sleepy, OUTPUTS)
    expect(said).toEqual([...Array(5).fill(['yes', 'timed-out']).flat(), 'gave-up', 'gave-up'])
    expect(await faultOf(sleepy, '1:00')).toMatch(
      /^gave-up: Not asked after 5 answers that did not come in time\. The last: No answer within 200 ms\./,
    )
  })

  it('comes after a hundred faults', async () => {
    const honest = module(`export const verify = (_, { output }) => { throw output }`)
    const said = await verdicts(honest, Array(101).fill('low'))
    expect(said).toEqual([...Array(100).fill('crashed'), 'gave-up'])
    expect(await faultOf(honest, '1:00')).toBe('gave-up: Not asked after 100 faults. The last: It could not judge: low')
  })

  it.each([
    ['a program that is not there', () => verifier({ command: ['no-such-almanac'], directory: '.' }), 'not-started'],
    ['a directory that is not there', () => verifier({ command: ['node'], directory: 'Mars' }), 'not-started'],
    ['a program that none can be', () => verifier({ command: ['node', '\0'], directory: '.' }), 'not-started'],
    ['a module that does not load', () => module('throw 1'), 'not-started'],
    ['a program that has never answered', () => program('process.exit(1)'), 'crashed'],
  ])('comes after three starts of %s', async (_, opened, fault) => {
    expect(await verdicts(opened(), OUTPUTS.slice(0, 5))).toEqual([fault, fault, fault, 'gave-up', 'gave-up'])
  })

  it('does not come after three crashes in a row of a program that has answered', async () => {
    const crash = program(`if (output === 'low') process.exit(1); answer({ feasible: true })`)
    const said = await verdicts(crash, ['high', 'low', 'low', 'low', 'low', 'high'])
    expect(said).toEqual(['yes', 'crashed', 'crashed', 'crashed', 'crashed', 'yes'])
  })

  it('names the program and where it was looked for', async () => {
    const gone = verifier({ command: ['./almanac', 'x'], directory: '.' })
    expect(await faultOf(gone, '1:00')).toBe(
      `not-started: "./almanac" cannot be started in "${folder}" (ENOENT). Is the program installed, and the directory there? A relative program path starts from that directory.`,
    )
  })
})

describe('closing', () => {
  it('may be done twice, and nothing is asked after it', async () => {
    const asked = program('answer({ feasible: true })')
    await ask(asked, ['1:00'])
    await Promise.all([asked.close(), asked.close()])
    await asked.close()
    expect(await faultOf(asked, '2:00')).toBe('gave-up: The verifier was closed before it answered.')
  })

  it('may be done before the first request', async () => {
    const idle = program('answer({ feasible: true })')
    await idle.close()
    expect(await verdicts(idle, ['1:00'])).toEqual(['gave-up'])
  })

  it.each(['close', 'kill'] as const)('(%s) ends at once what is under way', async (how) => {
    const busy = program(`if (output === 'high') answer({ feasible: true })`, { timeoutMs: 60_000 })
    await ask(busy, ['high'])
    const waiting = [busy.verify(requestOf('low')), busy.verify(requestOf('low'))]
    await new Promise((resolve) => setTimeout(resolve, 20))
    const before = performance.now()
    await busy[how]()
    const said = await Promise.all(waiting)
    expect(said.map((one) => one.kind === 'fault' && one.code)).toEqual(['gave-up', 'gave-up'])
    expect(performance.now() - before).toBeLessThan(900)
  })

  it('kills what does not end with its input, and leaves nothing that keeps our process alive', async () => {
    const stubborn = program(`setInterval(() => {}, 1000); answer({ feasible: true })`)
    await ask(stubborn, ['1:00'])
    expect(handles()).not.toEqual(HANDLES)
    await stubborn.close()
    await expect.poll(handles).toEqual(HANDLES)
  })

  it('waits no longer than a second for pipes that a process outside the group holds open', async () => {
    const body = `spawn(process.execPath, ['-e', 'setTimeout(() => {}, 4000)'], { detached: true, stdio: 'inherit' })
      answer({ feasible: true })`
    const parent = program(body)
    await ask(parent, ['1:00'])
    const started = performance.now()
    await parent.close()
    expect(performance.now() - started).toBeLessThan(3000)
    await expect.poll(handles).toEqual(HANDLES)
  })
})
