import type { Finding } from '../../domain/finding.js'
import { printable } from '../../domain/printable.js'
import type { Report, TaskCoverage } from '../../domain/report.js'
import { explainReason } from '../reason.js'
import { counted, listed } from '../words.js'

/** Measures that would decide; those that share a reason share a line. */
export function notMeasured({ findings }: Report): string[] {
  const unmeasured = findings.filter(({ status, task }) => status === 'unmeasured' && task === null)
  const byReason = new Map<string, string[]>()
  for (const { measure, reason } of unmeasured.filter(({ decides }) => decides)) {
    if (reason === null) continue
    const why = explainReason(reason)
    byReason.set(why, [...(byReason.get(why) ?? []), measure])
  }
  const lines = [...byReason].map(([why, names]) => `Not measured (${why}): ${names.join(', ')}.`)
  const silent = unmeasured.filter(({ decides }) => !decides).length
  return silent === 0 ? lines : [...lines, `Not measured, and never decide: ${counted(silent, 'other measure')}.`]
}

const MOST_TASKS = 4

/** Of several tasks, those of which a pass says little: without right or wrong, or without a measure that must pass. */
export function notReached({ tasks }: Report): string[] {
  if (tasks.length < 2) return []
  const unscored = tasks.filter(({ scored }) => !scored)
  const unguarded = tasks.filter(({ guarded }) => guarded.length === 0)
  return [
    ...(unscored.length === 0 ? [] : [`Records say neither score nor correctness ${extent(unscored, tasks)}.`]),
    ...(unguarded.length === 0 ? [] : [`No guarded measure looked at outputs ${extent(unguarded, tasks)}.`]),
  ]
}

function extent(some: readonly TaskCoverage[], all: readonly TaskCoverage[]): string {
  const cases = (tasks: readonly TaskCoverage[]) => tasks.reduce((total, task) => total + task.cases, 0)
  if (some.length === all.length) return `on any of ${counted(cases(all), 'case')}`
  const names = listed(
    some.map(({ task }) => printable(task)),
    MOST_TASKS,
  )
  return `on ${cases(some)} of ${counted(cases(all), 'case')}: ${some.length === 1 ? 'task' : 'tasks'} ${names}`
}

/** The smallest harm that would have been shown, of what must pass. */
export function notSeen({ findings }: Report): string[] {
  const known = findings.filter(isGuardedAndKnown)
  if (known.length === 0) return []
  const parts = known.map(({ measure, detectable }) => `${measure} ${detectable.toFixed(4)}`)
  return [`With a chance of 80 % this run shows harm of: ${parts.join(', ')}. Less may go unseen.`]
}

function isGuardedAndKnown(finding: Finding): finding is Finding & { readonly detectable: number } {
  return finding.role === 'guarded' && finding.task === null && finding.detectable !== null
}

/** What the user's own code did wrong, and on which outputs. */
export function faults({ faults: all }: Report): string[] {
  return all.flatMap((fault) => {
    if (fault.code === 'detector-crashed')
      return [`Fault: ${printable(fault.detector)} crashed: ${printable(fault.message)}`]
    const { detector, fault: how, count, first, message } = fault
    const names = first.map(({ arm, task, id }) => `${printable(id)} (${printable(task)}, ${arm})`).join(', ')
    const more = count > first.length ? ', …' : ''
    const outputs = counted(count, 'output')
    return [`Fault: the verifier of ${detector} ${how} on ${outputs}: ${names}${more}. ${printable(message)}`]
  })
}
