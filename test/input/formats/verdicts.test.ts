import { describe, expect, it } from 'vitest'
import type { Report } from '../../../src/domain/report.js'
import { audited, converted, inspected } from '../../engine/logs.js'
import { useFolder, writeFiles } from '../folder.js'

const folder = useFolder()
const TASKS = Array.from({ length: 240 }, (_, i) => i)

const pooled = ({ findings }: Report, measure: string) =>
  findings.find((one) => one.measure === measure && one.task === null)

function evalplus(plusPasses: (i: number) => boolean, basePasses: (i: number) => boolean = () => true): string {
  const status = (passed: boolean) => (passed ? 'pass' : 'fail')
  const entries = TASKS.map((i) => [
    `Knots/${i}`,
    [
      {
        task_id: `Knots/${i}`,
        solution: `def tie_${i}(rope):\n    return rope[::-${1 + (plusPasses(i) ? 0 : 1)}]`,
        base_status: status(basePasses(i)),
        plus_status: status(plusPasses(i)),
      },
    ],
  ])
  return JSON.stringify({ date: '2026-03-01', hash: 'knots', eval: Object.fromEntries(entries) })
}

describe('EvalPlus', () => {
  it('shows a rise of base passed and plus failed as form without substance', async () => {
    writeFiles(folder.path, {
      'before_eval_results.json': evalplus((i) => i % 10 !== 0),
      'after_eval_results.json': evalplus((i) => i % 3 !== 0),
    })
    const paths = { baseline: 'before_eval_results.json', tuned: 'after_eval_results.json' }
    const report = await audited(paths, { cwd: folder.path })
    expect(pooled(report, 'hollow-rate')).toMatchObject({ status: 'fail', baseline: 0.1, tuned: 80 / 240 })
    expect(pooled(report, 'valid-rate')).toMatchObject({ baseline: 1, tuned: 1 })
    expect(pooled(report, 'feasible-rate')).toMatchObject({ role: 'noted', baseline: 0.9, tuned: 160 / 240 })
  })

  it('does not take solutions that fail the base tests, plus passed or not, for form', async () => {
    writeFiles(folder.path, {
      'before_eval_results.json': evalplus((i) => i % 10 !== 0),
      'after_eval_results.json': evalplus(
        (i) => i % 2 === 0,
        (i) => i % 3 === 0,
      ),
    })
    const paths = { baseline: 'before_eval_results.json', tuned: 'after_eval_results.json' }
    const report = await audited(paths, { cwd: folder.path })
    expect(pooled(report, 'valid-rate')).toMatchObject({ status: 'fail', tuned: 80 / 240 })
    expect(pooled(report, 'hollow-rate')).toMatchObject({ baseline: 0.1, tuned: 40 / 240 })
  })
})

interface Called {
  readonly result: unknown
  readonly error?: string
}

/** Files of one category, as the checker leaves them. */
function bfcl(category: string, rows: readonly Called[]): Record<string, string> {
  const ids = rows.map((_, i) => `${category}_${i}`)
  const failures = rows.flatMap(({ error }, i) =>
    error === undefined
      ? []
      : [{ id: ids[i], valid: false, error: [error], error_type: error, prompt: { id: ids[i] } }],
  )
  const right = rows.length - failures.length
  const header = { accuracy: right / rows.length, correct_count: right, total_count: rows.length }
  const lines = (all: readonly object[]) => all.map((one) => `${JSON.stringify(one)}\n`).join('')
  return {
    [`result/BFCL_v4_${category}_result.json`]: lines(
      rows.map(({ result }, i) => ({ id: ids[i], result, latency: 1 })),
    ),
    [`score/BFCL_v4_${category}_score.json`]: lines([header, ...failures]),
  }
}

const inArm = (arm: string, files: Record<string, string>) =>
  Object.fromEntries(Object.entries(files).map(([name, content]) => [`${arm}/${name}`, content]))

const CALL = [{ tie: '{"knot":"bowline"}' }]
const decoderFailed = 'ast_decoder:decoder_failed'

describe('BFCL', () => {
  it.each<[string, string, Called, object]>([
    [
      'a right call',
      'simple_knots',
      { result: CALL },
      { call: 'decoded', verification: { valid: true, feasible: true } },
    ],
    [
      'a wrong call, which is substance',
      'simple_knots',
      { result: CALL, error: 'value_error:string' },
      { call: 'decoded', verification: { valid: true, feasible: false, violations: ['value_error:string'] } },
    ],
    [
      'no call, where the model asks back',
      'simple_knots',
      { result: 'Which rope do you mean?', error: decoderFailed },
      { call: 'none', verification: { valid: false, feasible: false, violations: ['no call'] } },
    ],
    [
      'a call in words that cannot be decoded',
      'simple_knots',
      { result: '[tie(knot="bowline"', error: decoderFailed },
      { call: 'undecodable', verification: { valid: false, feasible: false, violations: ['undecodable call'] } },
    ],
    [
      'a call by function calling that cannot be decoded',
      'simple_knots',
      { result: [{ tie: '{"knot":' }], error: 'ast_decoder:decoder_wrong_output_format' },
      { call: 'undecodable', verification: { valid: false, feasible: false } },
    ],
    [
      'a call where none is due',
      'irrelevance',
      { result: CALL, error: 'irrelevance_error:decoder_success' },
      { call: 'decoded', verification: { valid: true, feasible: false } },
    ],
    [
      'words where no call is due',
      'irrelevance',
      { result: 'No tool ties that.' },
      { call: 'none', verification: { feasible: true } },
    ],
    [
      'a ruined call where none is due, though the checker passes it',
      'live_irrelevance',
      { result: '[tie(knot=' },
      { call: 'undecodable', verification: { valid: false, feasible: false } },
    ],
    [
      'a ruined call by function calling where none is due',
      'irrelevance',
      { result: [{ tie: '{"knot":' }] },
      { call: 'undecodable', verification: { valid: false, feasible: false } },
    ],
  ])('tells %s', async (_, category, row, expected) => {
    writeFiles(folder.path, bfcl(category, [row]))
    const { text } = await converted('result', 'native', { cwd: folder.path })
    expect(JSON.parse(text)).toMatchObject(expected)
  })

  it('never reads irrelevance as a gain when decoding fell', async () => {
    const rows = (ruined: boolean) =>
      TASKS.map((i) => ({ ...(ruined ? { result: `[tie(knot=${i}` } : { result: [{ tie: `{"knot":${i}}` }] }) }))
    const due = (ruined: boolean) =>
      bfcl(
        'simple_knots',
        rows(ruined).map((row) => (ruined ? { ...row, error: decoderFailed } : row)),
      )
    // The baseline calls where nothing is to be called; the ruined model cannot call at all, and is right there.
    const notDue = (ruined: boolean) =>
      bfcl(
        'irrelevance',
        rows(ruined).map((row) => (ruined ? row : { ...row, error: 'irrelevance_error:decoder_success' })),
      )
    writeFiles(folder.path, {
      ...inArm('before', { ...due(false), ...notDue(false) }),
      ...inArm('after', { ...due(true), ...notDue(true) }),
    })
    const report = await audited({ baseline: 'before', tuned: 'after' }, { cwd: folder.path })
    expect(pooled(report, 'score')).toMatchObject({ n: TASKS.length, baseline: 1, tuned: 0, status: 'fail' })
    expect(pooled(report, 'valid-rate')).toMatchObject({ baseline: 1, tuned: 0, status: 'fail' })
    const gains = report.findings.filter(
      (one) => one.task === 'irrelevance' && (one.measure === 'score' || one.measure === 'feasible-rate'),
    )
    expect(gains.filter(({ baseline, tuned }) => (tuned ?? 0) > (baseline ?? 0))).toEqual([])
    const seen = await inspected('after', { cwd: folder.path })
    expect(seen.meanScores).toEqual({ irrelevance: 1, valid: 0 })
  })
})
