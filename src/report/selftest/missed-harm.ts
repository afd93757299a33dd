import { printable } from '../../domain/printable.js'
import type { FaultTrial, LackingFault, Selftest, StrengthTrial } from '../../domain/selftest.js'
import { fixed } from '../numbers.js'
import { wrap } from '../wrap.js'
import { interval, nameOf, percent } from './words.js'

const WHAT: Readonly<Record<string, string>> = {
  'infeasible-content': 'content moved beyond its rule',
  'format-collapse': 'outputs rewrapped into one format',
  'calibration-drift': 'confidences pushed to 1',
  'lost-diversity': 'samples replaced by copies of one',
  'cross-task-regression': 'right answers made wrong',
}

export function missedHarm({ faults, lacking }: Selftest): string[][] {
  return [...faults.map(section), lacking.flatMap(lackingLines)]
}

function section(trial: FaultTrial): string[] {
  const where = trial.task === null ? '' : ` of ${printable(trial.task)}`
  const what = `${WHAT[trial.fault] ?? trial.fault} (${trial.cases} cases${where} can carry it)`
  return [
    ...wrap(`Planted ${trial.fault}: ${what}, seen by ${nameOf(trial.named)}`, { rest: '  ' }),
    '  cases hit        harm    caught (95 % interval)  predicted',
    ...trial.strengths.map((strength) => row(strength, trial.missed)),
    ...notCounted(trial),
    `  caught in 80 % of runs at ${strengthOf(trial.caught80)}, in 95 % at ${strengthOf(trial.caught95)}`,
  ]
}

/** Runs in which the finding does not decide. */
function notCounted({ strengths, blame }: FaultTrial): string[] {
  const runs = blame[0]?.failed.runs ?? 0
  const left = Math.max(...strengths.map(({ caught }) => runs - caught.runs))
  if (left === 0) return []
  return wrap(
    `  not counted: up to ${left} of ${runs} runs, in which the exchanged baseline leaves it nothing to decide`,
    { rest: '    ' },
  )
}

function row({ strength, harm, caught, predicted }: StrengthTrial, missed: readonly number[]): string {
  const cells = [
    percent(strength).padStart(11),
    fixed(harm).padStart(12),
    `${percent(caught.share).padStart(10)} (${interval(caught)})`.padEnd(29),
    percent(predicted).padStart(9),
  ]
  return `${cells.join('')}${missed.includes(strength) ? '  missed' : ''}`
}

function strengthOf(strength: number | null): string {
  return strength === null ? 'no strength' : percent(strength)
}

function lackingLines({ fault, lack }: LackingFault): string[] {
  const why =
    lack.code === 'missing-field'
      ? `no case carries what it needs (${lack.needs.join(', ')})`
      : lack.code === 'detector-off'
        ? 'its detector is off'
        : 'none of its measures decides on these data'
  return wrap(`Not planted: ${fault}: ${why}.`, { rest: '  ' })
}
