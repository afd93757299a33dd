import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { selftestSchema } from '../../src/report/selftest/schema.js'
import { type Files, inFolder, tuneaudit } from './run.js'

// Forecasts, right or wrong: 80 days of one sample each, or fewer days of several.
const jsonl = (records: readonly object[]) => records.map((one) => `${JSON.stringify(one)}\n`).join('')
const arm = (days: number, wrongEvery: number, samples = 1) =>
  Array.from({ length: days * samples }, (_, n) => {
    const [day, sample] = [n % days, Math.floor(n / days)]
    // Each model in its own words: arms that say the same throughout are refused.
    const output = `day ${day}, ${wrongEvery} of them: ${(n * 7) % 5 === 0 ? 'rain' : 'sun'}`
    return { id: `day-${day}`, prompt: `What of day ${day}?`, sample, output, correct: (n * 5) % wrongEvery !== 0 }
  })
const PAIR: Files = { 'before.jsonl': jsonl(arm(80, 4)), 'after.jsonl': jsonl(arm(80, 3)) }
const ARMS = ['--baseline', 'before.jsonl', '--tuned', 'after.jsonl']
const FEW = ['--runs', '20', '--detectors', 'cross-task-regression']

const selftest = (files: Files, args: readonly string[]) =>
  inFolder(files, (folder) => tuneaudit(['selftest', ...args], folder))

describe('selftest', () => {
  it('prints what its schema allows, the same bytes whatever the order of records', async () => {
    const one = await selftest(PAIR, [...ARMS, ...FEW, '--format', 'json'])
    const turned = { ...PAIR, 'after.jsonl': jsonl([...arm(80, 3)].reverse()) }
    const other = await selftest(turned, [...ARMS, ...FEW, '--format', 'json'])
    const [result, again] = [JSON.parse(one.stdout), JSON.parse(other.stdout)]
    const validate = new Ajv({ strict: false }).compile(selftestSchema)
    expect(validate(result), JSON.stringify(validate.errors)).toBe(true)
    expect({ ...again, inputs: null }).toEqual({ ...result, inputs: null })
    expect([one.code, result.exitCode]).toEqual([0, 0])
    expect(result.faults.map(({ fault }: { fault: string }) => fault)).toEqual(['cross-task-regression'])
    expect(result.splitLack).toEqual({ code: 'no-repeats' })
  })

  it('draws other numbers from another seed', async () => {
    const of = async (seed: string) =>
      (await selftest(PAIR, [...ARMS, ...FEW, '--seed', seed, '--format', 'json'])).stdout
    const [one, two] = [JSON.parse(await of('1')), JSON.parse(await of('2'))]
    expect(two.faults).not.toEqual(one.faults)
  })

  it('fits 80 columns and says what was not planted', async () => {
    const { stdout, stderr } = await selftest(PAIR, [...ARMS, ...FEW])
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
    expect(stdout).toContain('calibration-drift: its detector is off')
    expect(stderr).toBe('exit 0 (as promised)\n')
  })

  it('splits a baseline alone that has repeats', async () => {
    const files = { 'before.jsonl': jsonl(arm(40, 4, 4)) }
    const { code, stdout } = await selftest(files, ['--baseline', 'before.jsonl', ...FEW, '--format', 'json'])
    const { falseAlarms } = JSON.parse(stdout)
    expect(falseAlarms).toMatchObject([{ kind: 'split', cases: 40, splits: 4 }])
    expect(code).toBe(0)
  })

  it('cannot be audited: a baseline alone without repeats, and data in which nothing is guarded', async () => {
    const alone = await selftest(PAIR, ['--baseline', 'before.jsonl', ...FEW])
    expect([alone.code, alone.stdout]).toEqual([4, ''])
    expect(alone.stderr).toContain('no case with several samples')
    const bare = { 'before.jsonl': jsonl([{ id: 'a', output: 'x' }]), 'after.jsonl': jsonl([{ id: 'a', output: 'x' }]) }
    const nothing = await selftest(bare, [...ARMS, ...FEW])
    expect([nothing.code, nothing.stdout]).toEqual([4, ''])
  })

  it.each([
    ['no baseline', ['--tuned', 'after.jsonl'], '--baseline is needed'],
    ['paths without a name', ['before.jsonl', 'after.jsonl'], 'paths are given by name'],
    ['too few runs', [...ARMS, '--runs', '5'], '--runs: 5 is not a whole number from 20'],
    ['a seed that is none', [...ARMS, '--seed', '1.5'], '--seed: 1.5 is not a whole number'],
    ['standard input alone', ['--baseline', '-'], 'must be a file'],
    ['an unknown format', [...ARMS, '--format', 'html'], 'value of --format'],
  ])('exits 3 for %s', async (_, args, message) => {
    const { code, stdout, stderr } = await selftest(PAIR, args)
    expect([code, stdout]).toEqual([3, ''])
    expect(stderr).toContain(message)
  })
})
