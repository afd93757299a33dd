import { expect, it } from 'vitest'
import { auditCases, findingOf, makeCase, makeGraded, makeSample, mulberry32 } from './support.js'

// Ways in which a harmed tuned arm got through, or a harmless one was failed, before they were closed.
const scoresOnly = { detectors: { 'calibration-drift': { level: 'off' } } } as const
const failed = makeSample({ failed: 'error', output: '' })

it('a tuned arm that is unscored where it newly fails does not pass', () => {
  const cases = Array.from({ length: 2000 }, (_, i) =>
    makeCase(`c${i}`, { baseline: [makeGraded(true)], tuned: [i % 11 === 0 ? makeSample() : makeGraded(true)] }),
  )
  expect(auditCases(cases, scoresOnly).verdict).not.toBe('pass')
})

it('a task that a deletion leaves undefined stays in a sum', () => {
  const cases = Array.from({ length: 400 }, (_, i) =>
    makeCase(`o${i}`, { baseline: [makeGraded(true)], tuned: [makeGraded(true)] }, { task: 'ok' }),
  )
  for (let t = 0; t < 40; t++) {
    cases.push(makeCase(`b${t}`, { baseline: [makeGraded(true)], tuned: [failed] }, { task: `bad-${t}` }))
    for (let j = 0; j < 2; j++)
      cases.push(makeCase(`f${t}-${j}`, { baseline: [failed], tuned: [failed] }, { task: `bad-${t}` }))
  }
  expect(findingOf(auditCases(cases, scoresOnly), 'score').change?.value).toBeCloseTo(-40 / 520, 12)
})

it('three cases of a tiny task do not prove a mean over tasks', () => {
  const cases = Array.from({ length: 500 }, (_, i) =>
    makeCase(`b${i}`, { baseline: [makeGraded(true)], tuned: [makeGraded(true)] }, { task: 'big' }),
  )
  for (let i = 0; i < 3; i++)
    cases.push(makeCase(`t${i}`, { baseline: [makeGraded(true)], tuned: [makeGraded(true)] }, { task: 'tiny' }))
  cases.push(makeCase('g', { baseline: [makeGraded(true)], tuned: [makeGraded(true)] }, { task: 'target' }))
  const config = { detectors: { 'cross-task-regression': { options: { tunedFor: ['target'] } } } }
  expect(findingOf(auditCases(cases, config), 'collateral-loss').status).toBe('inconclusive')
})

it('continuous confidences of one model rarely look collapsed', () => {
  const random = mulberry32(1)
  let low = 0
  for (let run = 0; run < 100; run++) {
    const cases = Array.from({ length: 20 }, (_, i) =>
      makeCase(`${run}-${i}`, { baseline: [makeGraded(true, random())], tuned: [makeGraded(true, random())] }),
    )
    if ((findingOf(auditCases(cases), 'confidence-collapse').p ?? 1) < 1e-4) low++
  }
  expect(low).toBe(0)
})

it('repeats that are copies are no noise floor', () => {
  const random = mulberry32(2)
  const copies = () => {
    const right = random() < 0.5
    return [makeGraded(right), makeGraded(right)]
  }
  const cases = Array.from({ length: 300 }, (_, i) => makeCase(`c${i}`, { baseline: copies(), tuned: copies() }))
  expect(findingOf(auditCases(cases, scoresOnly), 'excess-negative-flips').status).toBe('unmeasured')
})

it('a giant cluster beside thousands of small ones is not lost among them', () => {
  const cases = Array.from({ length: 8000 }, (_, i) => {
    const cluster = i % 2 === 0 ? 'one long conversation' : `conversation ${i}`
    return makeCase(`c${i}`, { baseline: [makeGraded(true)], tuned: [makeGraded(true)] }, { cluster })
  })
  const { clusters, status } = findingOf(auditCases(cases, scoresOnly), 'score')
  // Half of the cases in one cluster are worth 1/(1/4) = 4 clusters.
  expect(clusters).toBeGreaterThan(3)
  expect(clusters).toBeLessThan(6)
  expect(status).toBe('inconclusive')
})
