import { describe, expect, it } from 'vitest'
import { type Judged, verdictOf } from '../../src/audit/verdict.js'
import { resolvePolicy } from '../../src/config/resolve.js'
import { detectors } from '../../src/detectors/index.js'
import type { FindingReason } from '../../src/domain/finding.js'
import type { Policy } from '../../src/domain/policy.js'

const policy = resolvePolicy({}, detectors)

const SCORE: Judged = {
  detector: 'cross-task-regression',
  measure: 'score',
  task: null,
  role: 'guarded',
  status: 'pass',
  decides: true,
  reason: null,
  passChance: 0.9,
  waiver: null,
}
const BRIER: Judged = { ...SCORE, detector: 'calibration-drift', measure: 'brier-score', passChance: 0.5 }
const ACCEPTED = { reason: 'accepted for the pilot', owner: 'evals', expires: '2031-01-31' }
const LACKS_SCORE: FindingReason = { code: 'missing-field', needs: ['score'] }
const LACKS_CONFIDENCE: FindingReason = { code: 'missing-field', needs: ['confidence', 'score'] }

function missing(finding: Judged, reason: FindingReason): Judged {
  return { ...finding, status: 'unmeasured', reason, passChance: null }
}

function judged(findings: readonly Judged[], given: Partial<Policy> = {}, scores: readonly string[] = []) {
  return verdictOf(findings, { ...policy, ...given }, [], { unused: ['latency'], scores })
}

const name = ({ detector, measure, task }: Judged) => ({ detector, measure, task })

describe('the reason of a verdict', () => {
  it('names the guarded findings of a pass, per task or pooled, with the product of their chances to pass', () => {
    const watched: Judged = { ...BRIER, role: 'watched', passChance: 0.1 }
    expect(judged([SCORE, BRIER, watched]).reason).toEqual({
      code: 'guarded-pass',
      findings: [name(SCORE), name(BRIER)],
      passChance: 0.45,
    })
  })

  it('counts an unknown chance to pass as none', () => {
    const { reason } = judged([SCORE, missing(BRIER, LACKS_SCORE)])
    expect(reason).toEqual({ code: 'not-proven', findings: [name(BRIER)], passChance: 0 })
  })

  it('names of a fail the harm and what stays open beside it', () => {
    const harmed: Judged = { ...SCORE, status: 'fail', passChance: 0.5 }
    const open: Judged = { ...BRIER, status: 'inconclusive' }
    expect(judged([harmed, open]).reason).toEqual({
      code: 'harm',
      findings: [name(harmed)],
      open: [name(open)],
      passChance: 0.25,
    })
  })

  it('names of an inconclusive run each guarded finding that is not proven', () => {
    const open: Judged = { ...BRIER, status: 'inconclusive' }
    expect(judged([SCORE, open]).reason).toEqual({ code: 'not-proven', findings: [name(open)], passChance: 0.45 })
  })

  it('names the detectors that crashed', () => {
    const { reason } = verdictOf([SCORE], policy, ['calibration-drift'], { unused: [], scores: [] })
    expect(reason).toEqual({ code: 'detector-crashed', detectors: ['calibration-drift'] })
  })
})

describe('a waived finding', () => {
  it('neither fails the run nor holds it up nor counts as guarded', () => {
    const waived: Judged = { ...BRIER, status: 'fail', decides: false, waiver: ACCEPTED }
    expect(judged([SCORE, waived])).toEqual({
      verdict: 'pass',
      exitCode: 0,
      reason: { code: 'guarded-pass', findings: [name(SCORE)], passChance: 0.9 },
    })
    const unproven: Judged = { ...BRIER, status: 'inconclusive', decides: false, waiver: ACCEPTED }
    expect(judged([SCORE, unproven]).verdict).toBe('pass')
  })

  it('leaves nothing guarded where it is the only guarded one', () => {
    const waived: Judged = { ...SCORE, status: 'fail', decides: false, waiver: ACCEPTED }
    expect(judged([waived])).toMatchObject({ verdict: 'error', exitCode: 4, reason: { code: 'nothing-guarded' } })
  })
})

describe.each(['verifier-failed', 'detector-crashed'] as const)('a finding of the user’s own code: %s', (code) => {
  const failed = missing(BRIER, { code })

  it('leaves the run open, whether guarded or watched', () => {
    expect(judged([SCORE, failed]).verdict).toBe('inconclusive')
    expect(judged([SCORE, { ...failed, role: 'watched' }])).toMatchObject({
      verdict: 'inconclusive',
      reason: { findings: [name(failed)] },
    })
  })

  it('does not matter where it is noted', () => {
    expect(judged([SCORE, { ...failed, role: 'noted', decides: false }]).verdict).toBe('pass')
  })

  it('is no want of data: alone it leaves the run open, not void', () => {
    expect(judged([failed]).verdict).toBe('inconclusive')
    expect(judged([SCORE, failed], { required: ['calibration-drift'] }).verdict).toBe('inconclusive')
  })

  it('is no excuse for a watched finding that lacks its field', () => {
    expect(judged([SCORE, { ...missing(BRIER, LACKS_CONFIDENCE), role: 'watched' }]).verdict).toBe('pass')
  })
})

describe('a required detector', () => {
  const required = { required: ['calibration-drift'] }
  const lacking = missing(BRIER, LACKS_CONFIDENCE)

  it('is unmet where all that it decides pooled lacks data, whose fields are named once and in order', () => {
    const other = missing({ ...BRIER, measure: 'auroc' }, LACKS_SCORE)
    expect(judged([SCORE, lacking, other], required)).toEqual({
      verdict: 'error',
      exitCode: 4,
      reason: {
        code: 'required-unmeasured',
        detector: 'calibration-drift',
        measure: null,
        missing: ['confidence', 'score'],
      },
    })
  })

  it('is not met by a finding that does not decide, nor by one of a single task', () => {
    const noted: Judged = { ...BRIER, role: 'noted', decides: false, status: 'noted' }
    const ofTask: Judged = { ...BRIER, role: 'watched', task: 'coast' }
    expect(judged([SCORE, lacking, noted, ofTask], required).verdict).toBe('error')
  })

  it('is met by one measured finding, and does not speak for other detectors', () => {
    expect(judged([SCORE, lacking, { ...BRIER, measure: 'auroc', role: 'watched' }], required).verdict).not.toBe(
      'error',
    )
    expect(judged([SCORE, lacking], { required: ['cross-task-regression'] }).verdict).toBe('inconclusive')
  })
})

describe('a measure that the config guards by name', () => {
  const roles = (role: 'guarded' | 'watched') => ({
    detectors: {
      ...policy.detectors,
      'calibration-drift': { ...policy.detectors['calibration-drift']!, roles: { 'brier-score': role } },
    },
  })

  it('is an error where it could not be measured', () => {
    expect(judged([SCORE, missing(BRIER, LACKS_CONFIDENCE)], roles('guarded'))).toEqual({
      verdict: 'error',
      exitCode: 4,
      reason: {
        code: 'required-unmeasured',
        detector: 'calibration-drift',
        measure: 'brier-score',
        missing: ['confidence', 'score'],
      },
    })
  })

  it('is none where it was measured, where another role was declared, or where the detector is unknown', () => {
    expect(judged([SCORE, BRIER], roles('guarded')).verdict).toBe('pass')
    const watched: Judged = { ...missing(BRIER, LACKS_CONFIDENCE), role: 'watched' }
    expect(judged([SCORE, watched], roles('watched')).verdict).toBe('pass')
    expect(judged([SCORE, { ...watched, detector: 'rule:tides' }]).verdict).toBe('pass')
  })
})

describe('a run in which nothing guarded was measured', () => {
  it('says which fields the deciding measures lacked, which scores there are, and what was not used', () => {
    const lacking = missing(SCORE, LACKS_SCORE)
    const noted: Judged = { ...missing(BRIER, LACKS_CONFIDENCE), role: 'noted', decides: false }
    const ofTask: Judged = { ...missing(BRIER, { code: 'missing-field', needs: ['repeats'] }), task: 'coast' }
    expect(judged([lacking, noted, ofTask], {}, ['helpful']).reason).toEqual({
      code: 'nothing-guarded',
      scores: ['helpful'],
      missing: ['score'],
      unused: ['latency'],
    })
  })

  it('names nothing missing where all that decides was measured and none of it is guarded', () => {
    expect(judged([{ ...SCORE, role: 'watched' }]).reason).toMatchObject({ code: 'nothing-guarded', missing: [] })
  })

  it('gives the reasons where no field was missing, but for options that nobody declared', () => {
    const findings = [
      missing(SCORE, { code: 'too-few-buckets', buckets: 1 }),
      missing(BRIER, { code: 'nothing-changed' }),
      missing({ ...BRIER, measure: 'collateral-loss' }, { code: 'not-declared', option: 'tunedFor' }),
    ]
    expect(judged(findings).reason).toMatchObject({ missing: ['nothing-changed', 'too-few-buckets'] })
  })
})

describe('the exit code', () => {
  const open: Judged = { ...SCORE, status: 'inconclusive' }
  const failing: Judged = { ...SCORE, status: 'fail' }

  it('of a pass or fail does not depend on what an inconclusive run gives', () => {
    for (const onInconclusive of ['default', 'pass', 'fail'] as const) {
      expect(judged([failing], { onInconclusive }).exitCode).toBe(1)
      expect(judged([SCORE], { onInconclusive }).exitCode).toBe(0)
    }
  })

  it('of an inconclusive run is 2, or what the policy asks for', () => {
    expect(judged([open]).exitCode).toBe(2)
    expect(judged([open], { onInconclusive: 'fail' }).exitCode).toBe(1)
    expect(judged([open], { onInconclusive: 'pass' }).exitCode).toBe(0)
  })

  it('is 0 for whatever was judged where the gate only reports, and 4 where nothing could be', () => {
    for (const finding of [SCORE, failing, open]) expect(judged([finding], { gate: 'report' }).exitCode).toBe(0)
    expect(judged([], { gate: 'report' }).exitCode).toBe(4)
  })
})
