import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
// @ts-expect-error: a plain module, as users write them
import { verify as verifyPlan } from '../../fixtures/examples/planning/verify.js'

const root = resolve(import.meta.dirname, '../..')
const planning = join(resolve(root, process.env.TUNEAUDIT_SHARED ?? '../shared'), 'data/planning')
const jsonLines = (path: string) =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

describe('the blocksworld verifier', () => {
  // Two blocks, a on b: "put b on a".
  const record = {
    objects: ['a', 'b'],
    init: ['on a b', 'ontable b', 'clear a', 'handempty'],
    goal: ['on b a'],
  }
  const verdict = (...value: string[]) => verifyPlan({}, { value, record })

  it('accepts a plan that reaches the goal', () => {
    expect(verdict('unstack a b', 'put-down a', 'pick-up b', 'stack b a')).toEqual({ feasible: true, violations: [] })
  })

  it.each([
    [['pick-up b'], 'step 1: pick-up b needs clear b'],
    [['unstack a b', 'pick-up b'], 'step 2: pick-up b needs handempty'],
    [['unstack a c'], 'step 1: unstack a c names no block: c'],
    [['jump a'], 'step 1: jump a is no action'],
    [['stack a'], 'step 1: stack a is no action'],
    [['unstack a b', 'put-down a'], 'at the end, not on b a'],
  ])('refuses %j', (plan, violation) => {
    expect(verdict(...plan)).toEqual({ feasible: false, violations: [violation] })
  })

  it.skipIf(!existsSync(planning))('agrees with the known answers on 1,200 real plans', () => {
    const truth = new Map(jsonLines(join(planning, 'truth.jsonl')).map((one) => [`${one.arm} ${one.id}`, one]))
    let same = 0
    for (const arm of ['baseline', 'tuned']) {
      for (const record of jsonLines(join(planning, `${arm}.jsonl`))) {
        const known = truth.get(`${arm} ${record.id}`)
        same += Number(verifyPlan({}, { value: record.plan, record }).feasible === known.feasible)
      }
    }
    expect(same).toBeGreaterThanOrEqual(1_198)
  })
})

const python = spawnSync('python3', ['--version']).status === 0

describe.skipIf(!python)('the power flow verifier', () => {
  // Three buses in a triangle of equal lines: 30 MW from bus 0 to bus 1 go two thirds straight, one third around.
  const line = (from: number, to: number, limit: number) => ({ from, to, susceptance: 10, limit })
  const network = (limit: number) => ({
    loads: [0, 30, 0],
    generators: [{ bus: 0, least: 0, most: 40, cost: 2 }],
    lines: [line(0, 1, limit), line(0, 2, 25), line(2, 1, 25)],
  })
  const verdicts = (cases: readonly object[]) => {
    const input = cases.map((one) => `${JSON.stringify(one)}\n`).join('')
    const script = join(root, 'fixtures/examples/power-flow/verify.py')
    const { stdout } = spawnSync('python3', [script], { input, encoding: 'utf8' })
    return stdout
      .trimEnd()
      .split('\n')
      .map((text) => JSON.parse(text))
  }

  it('finds flows, balance, limits and what is no dispatch', () => {
    const answers = verdicts([
      { value: { generation: [30] }, record: network(25) },
      { value: { generation: [30] }, record: network(19) },
      { value: { generation: [29] }, record: network(25) },
      { value: { generation: [50] }, record: { ...network(50), loads: [20, 30, 0] } },
      { value: { generation: ['30'] }, record: network(25) },
    ])
    expect(answers).toEqual([
      { valid: true, feasible: true, violations: [], objective: 60 },
      { valid: true, feasible: false, violations: ['line 1: 20.0 MW over its limit of 19'], objective: 60 },
      { valid: true, feasible: false, violations: ['balance: -1.00 MW'], objective: 58 },
      { valid: true, feasible: false, violations: ['generator 1: 50 MW outside 0 to 40'], objective: 100 },
      { valid: false, feasible: false, violations: ['no list of one number per generator'] },
    ])
  })
})
