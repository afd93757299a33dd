import { compileStated } from '../annotate/stated-confidence.js'
import { isVerifiable } from '../detectors/lost-diversity/observe.js'
import type { Case } from '../domain/case.js'
import type { TaskSurvey } from '../domain/draft.js'
import type { StatedConfidenceSpec } from '../domain/grading.js'
import { murmur128 } from '../domain/hash.js'
import { byCodeUnit, sortedBy } from '../domain/order.js'
import type { Arm, Sample } from '../domain/record.js'
import { shapeOf } from '../text/format.js'
import { parseLenient } from '../text/payload.js'
import { SchemaNode } from './schema-node.js'

/** What texts are searched for. */
export const STATED: readonly StatedConfidenceSpec[] = [
  { tag: 'confidence' },
  { pattern: '(?i)\\bconfidence\\b[^\\n0-9]{0,20}([0-9]+(?:\\.[0-9]+)?%?)' },
]

const readers = STATED.map((spec) => ({ spec, read: compileStated(spec, 'either') }))

/** Counts what the cases of one arm hold, task by task. */
export class Survey {
  private readonly tasks = new Map<string, TaskCounts>()
  private readonly arm: Arm

  constructor(arm: Arm) {
    this.arm = arm
  }

  observe(case_: Case): void {
    const known = this.tasks.get(case_.task) ?? new TaskCounts()
    this.tasks.set(case_.task, known)
    known.add(case_, case_.all[this.arm])
  }

  /** By task, by code unit. */
  get results(): readonly { readonly survey: TaskSurvey; readonly counts: TaskCounts }[] {
    return sortedBy(this.tasks.keys(), (task) => task).map((task) => {
      const counts = this.tasks.get(task)!
      return { survey: counts.survey(task), counts }
    })
  }
}

/** Which half of the cases one belongs to; clusters stay together. */
export function halfOf({ cluster, task, id }: Case): 0 | 1 {
  return (murmur128(cluster ?? `${task}\u0000${id}`)[0] & 1) === 0 ? 0 : 1
}

export class TaskCounts {
  mostSamples = 0
  failed = 0
  /** Of all JSON that parses, and of each half of the cases. */
  readonly json = new SchemaNode()
  readonly halves = [new SchemaNode(), new SchemaNode()] as const
  private cases = 0
  private outputs = 0
  private repeated = 0
  private scored = 0
  private confident = 0
  private referenced = 0
  private checkable = 0
  private opened = 0
  private readonly formats = new Map<string, number>()
  private readonly stated = readers.map(({ spec }) => ({ spec, outputs: 0 }))

  add(case_: Case, samples: readonly Sample[]): void {
    const all = (has: (sample: Sample) => boolean) => Number(samples.every(has))
    this.cases++
    this.outputs += samples.length
    this.mostSamples = Math.max(this.mostSamples, samples.length)
    this.repeated += Number(samples.length > 1)
    this.scored += all(({ score, correct }) => score !== null || correct !== null)
    this.confident += all(({ confidence }) => confidence !== null)
    this.referenced += all(({ reference }) => reference !== undefined)
    this.checkable += all(isVerifiable)
    for (const sample of samples) this.addOutput(sample, this.halves[halfOf(case_)])
  }

  survey(task: string): TaskSurvey {
    const { cases, outputs, repeated, scored, confident, referenced, checkable } = this
    return {
      task,
      ...{ cases, outputs, repeated, scored, confident, referenced, checkable },
      formats: [...this.formats]
        .map(([format, count]) => ({ format, outputs: count }))
        .sort((a, b) => b.outputs - a.outputs || byCodeUnit(a.format, b.format)),
      json: { opened: this.opened, parsed: this.json.values },
      stated: this.stated.map((one) => ({ ...one })),
    }
  }

  private addOutput({ output, failed }: Sample, half: SchemaNode): void {
    if (failed !== null) {
      this.failed++
      return
    }
    const { format, payload } = shapeOf(output)
    this.formats.set(format, (this.formats.get(format) ?? 0) + 1)
    for (const [i, { read }] of readers.entries()) this.stated[i]!.outputs += Number(typeof read(output) === 'number')
    if (payload === null) return
    this.opened++
    const value = payload.lenient ? parseLenient(payload.text) : undefined
    if (value === undefined) return
    this.json.add(value, this.cases)
    half.add(value, this.cases)
  }
}
