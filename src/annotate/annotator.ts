import type { Case } from '../domain/case.js'
import type { AnyDetector, VerifierUse } from '../domain/detector.js'
import type { Policy, TaskPolicy } from '../domain/policy.js'
import { ARMS, type Arm, type Sample } from '../domain/record.js'
import type { Verification } from '../domain/verification.js'
import { Annotations } from './annotations.js'
import { type ApplyLabel, labelApplier } from './apply-label.js'
import { compileReader, type ReadFromText } from './from-text.js'
import type { Labels } from './labels.js'
import { openVerifier, type Verifier } from './verifier/index.js'

export interface AnnotatorRequest {
  readonly detectors: readonly AnyDetector[]
  readonly policy: Policy
  readonly policyOf: (task: string) => TaskPolicy
  readonly labels: Labels | null
  /** What paths of verifiers are relative to. */
  readonly cwd: string
  /** Verifiers see the outputs of an arm that is read by itself. */
  readonly alone?: boolean
}

/**
 * Adds to a case what its records do not carry, before any detector sees it: labels from a sheet, confidence and
 * correctness read from the text, what a verifier says. In this order; a label stands above what a record says, the rest
 * fills gaps only.
 */
export class Annotator {
  readonly annotations = new Annotations()
  private readonly request: AnnotatorRequest
  private readonly plans = new Map<TaskPolicy, Plan | null>()
  private readonly verifiers = new Map<string, Verifier>()
  private readonly applyLabel: ApplyLabel | null

  constructor(request: AnnotatorRequest) {
    this.request = request
    this.applyLabel = request.labels === null ? null : labelApplier(request.labels, request.policy)
  }

  /** In order, one output after the other: a verifier hears of one at a time. */
  async annotate(cases: readonly Case[]): Promise<readonly Case[]> {
    const annotated: Case[] = []
    for (const case_ of cases) {
      const policy = this.request.policyOf(case_.task)
      const plan = this.planOf(policy)
      annotated.push(plan === null ? case_ : await this.annotated(case_, plan, policy))
    }
    return annotated
  }

  /** What a verifier says of an output that no record holds, in the place of what it said before. */
  async verified(case_: Case, sample: Sample): Promise<Sample> {
    const plan = this.planOf(this.request.policyOf(case_.task))
    return plan === null ? sample : this.verify(case_, 'tuned', { ...sample, verification: null }, plan)
  }

  /** At an interrupt: what is still asked ends at once. */
  kill(): void {
    for (const verifier of this.verifiers.values()) verifier.kill()
  }

  async close(): Promise<void> {
    await Promise.all([...this.verifiers.values()].map((verifier) => verifier.close()))
  }

  private async annotated(case_: Case, plan: Plan, policy: TaskPolicy): Promise<Case> {
    const done = new Map<Sample, Sample>()
    for (const arm of ARMS) {
      const counted = new Set(this.request.alone === true ? case_.all[arm] : countedOf(case_, arm))
      for (const sample of case_.all[arm]) {
        const filled = this.fill(case_, arm, sample, plan, policy)
        done.set(sample, counted.has(sample) ? await this.verify(case_, arm, filled, plan) : filled)
      }
    }
    const those = (samples: readonly Sample[]) => samples.map((sample) => done.get(sample)!)
    return {
      ...case_,
      baseline: those(case_.baseline),
      tuned: those(case_.tuned),
      all: { baseline: those(case_.all.baseline), tuned: those(case_.all.tuned) },
    }
  }

  private fill(case_: Case, arm: Arm, sample: Sample, plan: Plan, policy: TaskPolicy): Sample {
    const labelled = this.applyLabel?.(case_, arm, sample, policy) ?? sample
    const read = plan.read(labelled)
    const added = this.annotations.added[arm]
    if (labelled !== sample) added.labelled++
    if (read.correct !== labelled.correct) added.graded++
    if (read.confidence !== labelled.confidence) added.stated++
    return read
  }

  private async verify({ task, id }: Case, arm: Arm, sample: Sample, { verifiers }: Plan): Promise<Sample> {
    let verification: Verification | null = null
    for (const { detector, use, verifier } of verifiers) {
      const shown = use.valueOf(sample)
      if (shown === null) continue
      const { prompt, reference, output, raw: record } = sample
      const said = await verifier.verify({ task, id, prompt, reference, output, value: shown.value, record })
      if (said.kind === 'fault') this.annotations.faults.add(detector, said, { arm, task, id, sample: sample.number })
      verification = said
    }
    return verification === null ? sample : { ...sample, verification }
  }

  private planOf(policy: TaskPolicy): Plan | null {
    const known = this.plans.get(policy)
    if (known !== undefined) return known
    const plan = this.makePlan(policy)
    this.plans.set(policy, plan)
    return plan
  }

  private makePlan(policy: TaskPolicy): Plan | null {
    const verifiers = this.request.detectors.flatMap((detector) => {
      const settings = policy.detectors[detector.id]
      if (settings === undefined || settings.level === 'off') return []
      const use = detector.verifier?.(settings.options) ?? null
      return use === null ? [] : [{ detector: detector.id, use, verifier: this.verifierOf(use) }]
    })
    const read = compileReader(policy)
    if (verifiers.length === 0 && read === null && this.applyLabel === null) return null
    return { verifiers, read: read ?? ((sample) => sample) }
  }

  /** One process for all tasks that name the same verifier. */
  private verifierOf({ spec }: VerifierUse): Verifier {
    const key = JSON.stringify(spec)
    const known = this.verifiers.get(key)
    if (known !== undefined) return known
    const fresh = openVerifier(spec, this.request.cwd)
    this.verifiers.set(key, fresh)
    return fresh
  }
}

interface Plan {
  readonly read: ReadFromText
  readonly verifiers: readonly { readonly detector: string; readonly use: VerifierUse; readonly verifier: Verifier }[]
}

/** The samples that are compared; of a case that the tuned arm lost, the baseline's, which worst-case readings count. */
function countedOf(case_: Case, arm: Arm): readonly Sample[] {
  const isLost = arm === 'baseline' && case_.baseline.length === 0
  return isLost ? case_.all.baseline : case_[arm]
}
