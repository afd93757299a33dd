import { type Decided, decide } from '../../src/audit/judge.js'
import { Observation, preparing } from '../../src/audit/observation.js'
import { questionsOf } from '../../src/audit/questions.js'
import { type Judged, verdictOf } from '../../src/audit/verdict.js'
import { resolvePolicy } from '../../src/config/resolve.js'
import { taskPolicies } from '../../src/config/tasks.js'
import { detectors } from '../../src/detectors/index.js'
import type { Verdict } from '../../src/domain/report.js'
import type { FamilyCell } from './cell.js'
import { randomOf } from './random.js'
import { familyCases } from './worlds/family.js'

export interface FamilyRun {
  readonly verdict: Verdict
  readonly decided: readonly Decided[]
}

/** Whole audits of a cell, in order: every detector observes, everything that may decide is decided, then the verdict. */
export function* familyRuns(cell: FamilyCell, name: string): Generator<FamilyRun> {
  const random = randomOf(name)
  const policy = resolvePolicy({ examples: false }, detectors)
  const context = { detectors, policy, policyOf: taskPolicies(policy), prepare: preparing(), only: 'deciding' } as const
  for (let run = 0; run < cell.runs; run++) {
    const observation = new Observation(detectors, context.policyOf, context.prepare)
    for (const case_ of familyCases(cell, run, random)) observation.observe(case_)
    const decided = decide(
      detectors.flatMap((detector) => questionsOf(detector, observation, context)),
      policy,
    )
    const { verdict } = verdictOf(decided.map(judged), policy, [...observation.crashed.keys()], {
      unused: [],
      scores: [],
    })
    yield { verdict, decided }
  }
}

function judged({ question, status, reason }: Decided): Judged {
  const { detector, measure, task, role } = question
  return {
    detector: detector.id,
    measure: measure.id,
    task,
    role,
    status,
    decides: role !== 'noted',
    reason,
    passChance: null,
    waiver: null,
  }
}
