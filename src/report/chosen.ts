import type { Example, Finding } from '../domain/finding.js'
import type { Report } from '../domain/report.js'

/** What must pass, what fails, and what only a detector at warn keeps from it. */
export function isShown({ detector, role, status, margin }: Finding, { config }: Report): boolean {
  const warns = config.detectors[detector]?.level === 'warn' && margin !== null && status !== 'unmeasured'
  return status === 'fail' || (role === 'guarded' && status !== 'unmeasured') || warns
}

/** Tasks on which a measure fails: what one task alone carries is said by the pooled finding. */
export function failingTasks(pooled: Finding, findings: readonly Finding[]): Finding[] {
  return findings.filter(
    ({ task, detector, measure, status, n }) =>
      task !== null &&
      detector === pooled.detector &&
      measure === pooled.measure &&
      status === 'fail' &&
      n !== pooled.n,
  )
}

/** All that fails, without what the pooled measure says already. */
export function shownHarm(findings: readonly Finding[]): Finding[] {
  const failing = findings.filter(({ status, decides }) => status === 'fail' && decides)
  const pooled = new Map(failing.flatMap((finding) => (finding.task === null ? [[nameOf(finding), finding]] : [])))
  return failing.filter((finding) => finding.task === null || pooled.get(nameOf(finding))?.n !== finding.n)
}

function nameOf({ detector, measure }: Finding): string {
  return JSON.stringify([detector, measure])
}

/** Guarded, neither proven nor failing, and nobody has accepted that. */
export function isOpen({ role, status, waiver }: Finding): boolean {
  return role === 'guarded' && status === 'inconclusive' && waiver === null
}

/** Change in the direction of harm. */
export function harmOf({ change, worse }: Finding): number {
  return (change?.value ?? 0) * (worse === 'lower' ? -1 : 1)
}

export interface ChosenExample {
  readonly finding: Finding
  readonly example: Example
}

/** The worst case of each failing measure, one of each detector first; no case twice. */
export function chosenExamples(findings: readonly Finding[], most: number): ChosenExample[] {
  const failing = findings.filter(({ status, examples }) => status === 'fail' && examples.length > 0)
  const detectors = new Set<string>()
  const first = failing.filter(({ detector }) => !detectors.has(detector) && detectors.add(detector))
  const order = [...first, ...failing.filter((finding) => !first.includes(finding))]
  const seen = new Set<string>()
  const chosen: ChosenExample[] = []
  for (const finding of order) {
    if (chosen.length === most) break
    const example = finding.examples.find(({ task, id }) => !seen.has(JSON.stringify([task, id])))
    if (example === undefined) continue
    seen.add(JSON.stringify([example.task, example.id]))
    chosen.push({ finding, example })
  }
  return chosen
}
