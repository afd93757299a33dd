import type { ComparedReport, Comparison, ConfigChange, FindingChange, FindingState } from '../../domain/comparison.js'
import type { Json } from '../../domain/json.js'
import { printable } from '../../domain/printable.js'
import type { FindingName } from '../../domain/report.js'
import { fixed, signed } from '../numbers.js'
import { type Paint, paintOf } from '../terminal/paint.js'
import { counted, listed } from '../words.js'
import { wrap } from '../wrap.js'

const MOST_NAMED = 8
const MOST_MOVED = 12
const INDENT = ' '.repeat(4)

/** For a terminal of 80 columns: verdicts, what the audits were of, and what stands otherwise in them. */
export function renderComparison(comparison: Comparison, { color }: { readonly color: boolean }): string {
  const paint = paintOf(color)
  const { config, findings, added, removed, unchanged } = comparison
  const turned = findings.filter(({ before, after }) => before.status !== after.status)
  const moved = findings.filter((one) => !turned.includes(one))
  const sections = [
    [verdicts(comparison, paint), ...subjects(comparison)],
    config.flatMap(configLine),
    titled(
      'Other status',
      turned.flatMap((one) => statusLines(one, paint)),
    ),
    titled('Same status, other numbers', movedLines(moved)),
    [...names('Only in the later one', added), ...names('Only in the earlier one', removed)],
    wrap(`${counted(unchanged, 'finding')} as before. Nothing here is a test: audits differ by chance too.`),
  ]
  return `${sections
    .filter((section) => section.length > 0)
    .map((section) => section.join('\n'))
    .join('\n\n')}\n`
}

function verdicts({ before, after }: Comparison, paint: Paint): string {
  const [one, two] = [before, after].map(({ verdict }) => paint.of[verdict](verdict.toUpperCase()))
  return paint.bold(`${one} → ${two}`)
}

function subjects({ before, after }: Comparison): string[] {
  const changed = [
    ...(before.tool === after.tool ? [] : [`${before.tool} → ${after.tool}`]),
    ...arm('baseline', before, after),
    ...arm('tuned', before, after),
    ...(before.cases === after.cases ? [] : [`${before.cases} → ${after.cases} cases`]),
  ]
  const what = changed.length === 0 ? 'Same tool, same files.' : `${changed.join('; ')}.`
  return [...wrap(`${printable(before.path)} → ${printable(after.path)}`, { rest: INDENT }), ...wrap(what)]
}

function arm(name: 'baseline' | 'tuned', before: ComparedReport, after: ComparedReport): string[] {
  const [one, two] = [[...before[name]].sort(), [...after[name]].sort()]
  if (one.includes(null) || two.includes(null)) return [`${name} from standard input: not known whether the same`]
  return String(one) === String(two) ? [] : [`other ${name} outputs`]
}

function titled(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines]
}

function configLine({ path, before, after }: ConfigChange): string[] {
  return wrap(`config ${printable(path)}: ${text(before)} → ${text(after)}`, { rest: INDENT })
}

function statusLines(one: FindingChange, paint: Paint): string[] {
  const { before, after } = one
  const [head = '', ...rest] = wrap(`${before.status} → ${after.status}  ${nameOf(one)}  ${moves(one)}`, {
    first: '  ',
    rest: INDENT,
  })
  const word = `${before.status} → ${after.status}`
  const painted = `${paint.of[before.status](before.status)} → ${paint.of[after.status](after.status)}`
  return [head.replace(word, painted), ...rest]
}

/** The largest moves first, in the measure's own unit, which differ: within a measure's margin where it has one. */
function movedLines(moved: readonly FindingChange[]): string[] {
  const largest = moved.toSorted((a, b) => sizeOf(b) - sizeOf(a))
  const lines = largest
    .slice(0, MOST_MOVED)
    .flatMap((one) => wrap(`${nameOf(one)}  ${moves(one)}`, { first: '  ', rest: INDENT }))
  const others = largest.length - MOST_MOVED
  return others > 0 ? [...lines, `  and ${others} more`] : lines
}

function sizeOf({ before, after }: FindingChange): number {
  const moved = Math.abs((after.change?.value ?? 0) - (before.change?.value ?? 0))
  return moved / (after.margin || 1)
}

function moves({ before, after }: FindingChange): string {
  const parts = [
    `${changeOf(before)} → ${changeOf(after)}`,
    ...(before.margin === after.margin ? [] : [`margin ${before.margin ?? 'none'} → ${after.margin ?? 'none'}`]),
    ...(before.role === after.role ? [] : [`${before.role} → ${after.role}`]),
    ...(before.n === after.n ? [] : [`n ${before.n} → ${after.n}`]),
  ]
  return parts.join(', ')
}

function changeOf({ change, tuned }: FindingState): string {
  if (change === null) return 'unmeasured'
  return tuned === null ? fixed(change.value) : signed(change.value)
}

function names(title: string, findings: readonly FindingName[]): string[] {
  if (findings.length === 0) return []
  return wrap(`${title}: ${listed(findings.map(nameOf), MOST_NAMED)}.`, { rest: INDENT })
}

function nameOf({ measure, task }: FindingName): string {
  return task === null ? measure : `${measure} on ${printable(task)}`
}

const LONGEST = 40

function text(value: Json): string {
  const whole = JSON.stringify(value)
  return printable(whole.length <= LONGEST ? whole : `${whole.slice(0, LONGEST)}…`)
}
