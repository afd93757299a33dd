import { describe, expect, it } from 'vitest'
import type { PartialConfig } from '../../src/config/partial.js'
import type { Finding } from '../../src/domain/finding.js'
import { auditCases, findingOf, makeCase, makeGraded } from './support.js'

/** A task in which a tenth of the right answers went wrong, stated with certainty. */
function cases(task: string, count = 200) {
  return Array.from({ length: count }, (_, i) =>
    makeCase(
      `${task}-${i}`,
      { baseline: [makeGraded(i % 5 > 0, 0.8)], tuned: [makeGraded(i % 10 > 2, 0.99)] },
      { task },
    ),
  )
}

const ALL = [...cases('tides'), ...cases('winds')]
const nameOf = ({ measure, task }: Finding) => `${measure} ${task}`

describe('the status that a relaxed measure would have', () => {
  const configs: readonly (readonly [string, PartialConfig, readonly string[]])[] = [
    ['a detector at warn', { detectors: { 'calibration-drift': { level: 'warn' } } }, ['brier-score null']],
    ['a wide margin', { detectors: { 'cross-task-regression': { margins: { score: 0.5 } } } }, ['score null']],
    ['a lowered role', { detectors: { 'cross-task-regression': { roles: { score: 'noted' } } } }, ['score null']],
    [
      'a task whose margin is wide',
      { overrides: [{ tasks: 'tides', detectors: { 'cross-task-regression': { margins: { score: 0.5 } } } }] },
      ['score tides'],
    ],
  ]
  it.each(configs)('is that of a run without %s', (_, config, expected) => {
    const plain = new Map(auditCases(ALL, {}).findings.map((finding) => [nameOf(finding), finding.status]))
    const { findings } = auditCases(ALL, config)
    const known = findings.filter(({ wouldBe }) => wouldBe !== null)
    for (const name of expected) expect(known.map(nameOf)).toContain(name)
    for (const finding of known)
      expect([nameOf(finding), finding.wouldBe]).toEqual([nameOf(finding), plain.get(nameOf(finding))])
    expect(known.some(({ status, wouldBe }) => status !== wouldBe)).toBe(true)
  })

  it('is null where nothing is relaxed, and where the config is stricter', () => {
    const strict = { detectors: { 'cross-task-regression': { margins: { score: 0.01 } } } }
    for (const config of [{}, strict]) {
      expect(auditCases(ALL, config).findings.filter(({ wouldBe }) => wouldBe !== null)).toEqual([])
    }
  })
})

describe('the source of a margin', () => {
  it('is the measure itself unless the config names it, and nothing without a margin', () => {
    const run = auditCases(ALL, {
      detectors: { 'cross-task-regression': { margins: { score: 0.04 } } },
      overrides: [{ tasks: 'tides', detectors: { 'calibration-drift': { margins: { 'brier-score': 0.04 } } } }],
    })
    const sources = (measure: string, task: string | null) => findingOf(run, measure, task).marginFrom
    expect(sources('score', null)).toBe('config')
    expect(sources('brier-score', null)).toBe('default')
    expect(sources('brier-score', 'tides')).toBe('config')
    expect(sources('brier-score', 'winds')).toBe('default')
    expect(sources('overconfidence', null)).toBeNull()
  })
})
