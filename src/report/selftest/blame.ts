import type { FaultTrial, Selftest } from '../../domain/selftest.js'
import { listed } from '../words.js'
import { wrap } from '../wrap.js'
import { nameOf, percent } from './words.js'

/** Columns beside the planted fault that 80 characters have room for. */
const COLUMNS = 5
const FIRST = 22
const WIDTH = 11
const MOST_NAMED = 4

/** A table of planted faults against the detectors that fail. */
export function blame({ faults, alpha }: Selftest): string[] {
  const detectors = faults[0]?.blame.map(({ detector }) => detector) ?? []
  if (detectors.length === 0) return []
  const lines = [
    ...wrap(
      `Blame: share of runs in which a detector fails, at the strength caught in 95 %. What a fault does not change fails by chance, in at most ${percent(alpha)}.`,
      { rest: '  ' },
    ),
  ]
  for (let at = 0; at < detectors.length; at += COLUMNS) {
    const shown = detectors.slice(at, at + COLUMNS)
    lines.push(`  ${'planted'.padEnd(FIRST)}${shown.map((id) => short(id).padStart(WIDTH)).join('')}`)
    for (const trial of faults) lines.push(row(trial, shown))
  }
  return [...lines, ...faults.flatMap(changes)]
}

/** The first word tells the detectors apart. */
function short(detector: string): string {
  return detector.split('-')[0]!.slice(0, WIDTH)
}

function row({ fault, blame: all }: FaultTrial, shown: readonly string[]): string {
  const shares = shown.map((id) => percent(all.find(({ detector }) => detector === id)?.failed.share ?? 0))
  return `  ${fault.padEnd(FIRST)}${shares.map((share) => share.padStart(WIDTH)).join('')}`
}

/** What a fault makes worse beyond what its own detector measures. */
function changes({ fault, blame: all }: FaultTrial): string[] {
  const others = all.filter(({ detector, changed }) => detector !== fault && changed.length > 0)
  if (others.length === 0) return []
  const names = others.map(({ detector, changed }) => `${detector} (${listed(changed.map(nameOf), MOST_NAMED)})`)
  return wrap(`  ${fault} truly changes ${names.join(', ')} too.`, { rest: '    ' })
}
