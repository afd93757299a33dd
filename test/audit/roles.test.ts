import { describe, expect, it } from 'vitest'
import { Census } from '../../src/audit/census.js'
import { pooledRole, taskRole, unrelaxed } from '../../src/audit/roles.js'
import { marginOf, termsOf } from '../../src/audit/terms.js'
import { detectors } from '../../src/detectors/index.js'
import type { Measure, Role } from '../../src/domain/measure.js'
import type { DetectorPolicy } from '../../src/domain/policy.js'
import { MEASURE } from './questions.js'
import { makeCase, makeGraded, makeSample } from './support.js'

const PLAIN: DetectorPolicy = { level: 'error', options: {}, margins: {}, roles: {} }
const WARN: DetectorPolicy = { ...PLAIN, level: 'warn' }
const declared = (role: Role): DetectorPolicy => ({ ...PLAIN, roles: { [MEASURE.id]: role } })
const widened = (margin: number): DetectorPolicy => ({ ...PLAIN, margins: { [MEASURE.id]: margin } })

/** Of ten cases of a task, how many carry a score in the baseline; the tuned arm carries all. */
function census(scored: number): Census {
  const census = new Census()
  for (let i = 0; i < 10; i++) {
    const baseline = [i < scored ? makeGraded(true) : makeSample()]
    census.add(makeCase(`${i}`, { baseline, tuned: [makeGraded(true)] }, { task: 'coast' }))
  }
  return census
}

/** What no config lets decide. */
const BARRED: readonly (readonly [string, Measure])[] = [
  ['no direction of harm', { ...MEASURE, worse: null }],
  ['no interval', { ...MEASURE, interval: 'none' }],
  ['nothing to measure', { ...MEASURE, unavailable: { code: 'not-declared', option: 'course' } }],
]

describe('pooledRole', () => {
  it('guards what nine in ten baseline cases carry, and watches it with less', () => {
    expect(pooledRole(MEASURE, PLAIN, census(9), ['coast'])).toBe('guarded')
    expect(pooledRole(MEASURE, PLAIN, census(8), ['coast'])).toBe('watched')
  })

  it('needs every field of a measure, not one of them', () => {
    const both: Measure = { ...MEASURE, needs: ['score', 'confidence'] }
    expect(pooledRole(both, PLAIN, census(10), ['coast'])).toBe('watched')
  })

  it('leaves a measure that is not guarded by itself as it is', () => {
    expect(pooledRole({ ...MEASURE, role: 'watched' }, PLAIN, census(10), ['coast'])).toBe('watched')
    expect(pooledRole({ ...MEASURE, role: 'noted' }, PLAIN, census(10), ['coast'])).toBe('noted')
  })

  it('is the declared one, whatever the baseline carries', () => {
    expect(pooledRole(MEASURE, declared('guarded'), census(0), ['coast'])).toBe('guarded')
    expect(pooledRole(MEASURE, declared('noted'), census(10), ['coast'])).toBe('noted')
  })

  it('is noted for a detector at level warn, declared or not', () => {
    expect(pooledRole(MEASURE, { ...declared('guarded'), level: 'warn' }, census(10), ['coast'])).toBe('noted')
  })

  it.each(BARRED)('is noted with %s, declared or not', (_, measure) => {
    expect(pooledRole(measure, declared('guarded'), census(10), ['coast'])).toBe('noted')
  })
})

describe('taskRole', () => {
  it('watches what is guarded over all, and notes the rest', () => {
    const roles = (['guarded', 'watched', 'noted'] as const).map((role) => taskRole(MEASURE, role, PLAIN, PLAIN))
    expect(roles).toEqual(['watched', 'noted', 'noted'])
  })

  it('watches a measure that stands for each task by itself, unless it is only noted over all', () => {
    const own: Measure = { ...MEASURE, taskRole: 'watched' }
    expect(taskRole(own, 'watched', PLAIN, PLAIN)).toBe('watched')
    expect(taskRole(own, 'noted', PLAIN, PLAIN)).toBe('noted')
  })

  it('is what an override declares for the task, and not what the config declares for all', () => {
    expect(taskRole(MEASURE, 'watched', declared('guarded'), PLAIN)).toBe('guarded')
    expect(taskRole(MEASURE, 'guarded', declared('noted'), declared('guarded'))).toBe('noted')
    expect(taskRole(MEASURE, 'guarded', declared('guarded'), declared('guarded'))).toBe('watched')
  })

  it('is noted at level warn', () => {
    expect(taskRole(MEASURE, 'guarded', { ...declared('guarded'), level: 'warn' }, PLAIN)).toBe('noted')
  })

  it.each(BARRED)('is noted with %s', (_, measure) => {
    expect(taskRole(measure, 'guarded', declared('guarded'), PLAIN)).toBe('noted')
  })
})

describe('unrelaxed', () => {
  it('takes back a weaker role, a wider margin and level warn', () => {
    expect(unrelaxed(MEASURE, declared('watched')).roles).toEqual({})
    expect(unrelaxed(MEASURE, widened(0.06)).margins).toEqual({})
    expect(unrelaxed(MEASURE, WARN).level).toBe('error')
  })

  it('leaves what is as strict or stricter', () => {
    const watched: Measure = { ...MEASURE, role: 'watched' }
    expect(unrelaxed(watched, declared('guarded')).roles).toEqual({ [MEASURE.id]: 'guarded' })
    expect(unrelaxed(watched, declared('watched')).roles).toEqual({ [MEASURE.id]: 'watched' })
    expect(unrelaxed(MEASURE, widened(0.05)).margins).toEqual({ [MEASURE.id]: 0.05 })
    expect(unrelaxed(MEASURE, { ...PLAIN, level: 'off' }).level).toBe('off')
  })

  it('leaves a margin that the measure has none of its own for, and other measures’', () => {
    expect(unrelaxed({ ...MEASURE, margin: null }, widened(9)).margins).toEqual({ [MEASURE.id]: 9 })
    const other: DetectorPolicy = { ...PLAIN, margins: { drift: 1, ...widened(1).margins }, roles: { drift: 'noted' } }
    expect(unrelaxed(MEASURE, other)).toMatchObject({ margins: { drift: 1 }, roles: { drift: 'noted' } })
  })
})

describe('termsOf', () => {
  const detector = detectors[0]!
  const roleUnder = (own: DetectorPolicy) => own.roles[MEASURE.id] ?? (own.level === 'warn' ? 'noted' : 'guarded')
  const terms = (own: DetectorPolicy, general = own, flagged: readonly string[] = []) =>
    termsOf({ measure: MEASURE, detector, own, general, flagged: new Set(flagged), roleUnder })

  it('are the measure’s own without a config', () => {
    expect(terms(PLAIN)).toEqual({ role: 'guarded', margin: 0.05, marginFrom: 'default' })
    expect(marginOf(MEASURE, PLAIN)).toBe(0.05)
    expect(marginOf(MEASURE, widened(0))).toBe(0)
  })

  it('say what they would be where the config relaxes them, in role or in margin alone', () => {
    const recommended = { role: 'guarded', margin: 0.05 }
    expect(terms(widened(0.1))).toEqual({ role: 'guarded', margin: 0.1, marginFrom: 'config', unrelaxed: recommended })
    expect(terms(declared('noted'))).toMatchObject({ role: 'noted', margin: 0.05, unrelaxed: recommended })
    expect(terms(WARN)).toMatchObject({ role: 'noted', unrelaxed: recommended })
    expect(terms(widened(0.02))).toEqual({ role: 'guarded', margin: 0.02, marginFrom: 'config' })
  })

  it('come from the command line where it set the general margin, of this very measure', () => {
    const flag = `${detector.id}.${MEASURE.id}`
    expect(terms(widened(0.1), widened(0.1), [flag]).marginFrom).toBe('flag')
    expect(terms(widened(0.1), widened(0.1), [`${detector.id}.drift`]).marginFrom).toBe('config')
    expect(terms(widened(0.2), widened(0.1), [flag]).marginFrom).toBe('config')
    expect(terms(PLAIN, widened(0.1), [flag]).marginFrom).toBe('default')
  })
})
