import { portraitOf } from '../annotate/portrait.js'
import { type Evaluation, evaluate } from '../audit/evaluate.js'
import { Observation, observationCodec, preparing } from '../audit/observation.js'
import { resolvePolicy } from '../config/resolve.js'
import { taskPolicies } from '../config/tasks.js'
import type { Case } from '../domain/case.js'
import type { AnyDetector } from '../domain/detector.js'
import type { Json } from '../domain/json.js'

export type Options = Readonly<Record<string, Json>>

/** One detector under some options, counting and judging as an audit does. */
export class Bench {
  /** Ids of its measures, under these options. */
  readonly measures: readonly string[]
  /** Of them, those that need not change their sign when the arms are exchanged. */
  readonly withNoiseFloor: ReadonlySet<string>
  private readonly detectors: readonly AnyDetector[]
  private readonly policy: ReturnType<typeof resolvePolicy>

  constructor(detector: AnyDetector, options: Options) {
    this.detectors = [detector]
    this.policy = resolvePolicy({ detectors: { [detector.id]: { options } }, examples: true }, this.detectors)
    const { measures } = detector.prepare(this.policy.detectors[detector.id]?.options)
    this.measures = measures.map(({ id }) => id)
    this.withNoiseFloor = new Set(measures.flatMap(({ id, noiseFloor }) => (noiseFloor === true ? [id] : [])))
  }

  empty(): Observation {
    return new Observation(this.detectors, taskPolicies(this.policy), preparing(), portraitOf)
  }

  observe(cases: Iterable<Case>): Observation {
    const observation = this.empty()
    for (const case_ of cases) observation.observe(case_)
    return observation
  }

  judge(observation: Observation): Evaluation {
    const { detectors, policy } = this
    return evaluate(observation, { detectors, policy, policyOf: taskPolicies(policy) })
  }

  audit(cases: Iterable<Case>): Evaluation {
    return this.judge(this.observe(cases))
  }

  /** As from the tallies of shards, which are written and read as their files are. */
  merge(parts: readonly (readonly Case[])[]): Evaluation {
    const codec = observationCodec(() => this.empty())
    const total = this.empty()
    for (const part of parts) total.merge(codec.read(JSON.parse(JSON.stringify(codec.write(this.observe(part))))))
    return this.judge(total)
  }
}
