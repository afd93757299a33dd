import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Cell, nameOf, type Result } from '../cell.js'
import { familiesTable } from './families.js'
import { byKind, overview, tooLargeTable } from './measures.js'
import { plots } from './plots.js'
import { rulesTables } from './rules.js'
import { short } from './table.js'

const BEGIN = '<!-- study: begin -->'
const END = '<!-- study: end -->'

export interface Study {
  readonly grid: readonly Cell[]
  readonly results: readonly Result[]
  readonly docs: string
  readonly quick: boolean
}

/** The full study goes into its place in statistics.md, the quick one into a file of its own. */
export function writeReports({ grid, results, docs, quick }: Study): void {
  mkdirSync(join(docs, 'study'), { recursive: true })
  if (quick) {
    const text = `# Quick study\n\nMade anew by \`npm run study -- --quick\`: a small part of the grid with fewer runs. The numbers to rely on are in\n[statistics.md](../statistics.md).\n\n${quickBody(results)}\n`
    writeFileSync(join(docs, 'study', 'quick.md'), text)
    return
  }
  for (const [name, svg] of Object.entries(plots(results))) writeFileSync(join(docs, 'study', name), svg)
  const path = join(docs, 'statistics.md')
  const text = existsSync(path) ? readFileSync(path, 'utf8') : `${BEGIN}\n${END}\n`
  writeFileSync(path, between(text, fullBody(grid, results)))
}

/** Replaces what stands between the markers; throws where they are gone. */
export function between(text: string, body: string): string {
  const from = text.indexOf(BEGIN)
  const to = text.indexOf(END)
  if (from < 0 || to < from) throw new Error(`statistics.md lacks the lines ${BEGIN} and ${END}`)
  return `${text.slice(0, from + BEGIN.length)}\n\n${body}\n\n${text.slice(to)}`
}

function fullBody(grid: readonly Cell[], results: readonly Result[]): string {
  return [
    '## Kinds of interval',
    extent(grid, results),
    '![Error rates of one-sided bounds by number of cases](study/errors.svg)',
    overview(results),
    '### Error rates above 6.5 %',
    tooLargeTable(results),
    '## All detectors',
    '![Share of audits of identical arms that fail](study/families.svg)',
    familiesTable(results),
    '## Rules in use',
    '![Share of tunes that pass, by rule](study/rules.svg)',
    rulesTables(results),
    '## What n cases can say',
    '![Chance to pass without harm and to fail at twice the margin](study/chances.svg)',
    '## Every kind by itself',
    byKind(results),
  ].join('\n\n')
}

function quickBody(results: readonly Result[]): string {
  return [
    overview(results),
    '## Rules in use',
    rulesTables(results),
    '## All detectors',
    familiesTable(results),
    byKind(results),
  ].join('\n\n')
}

/** How much of the grid has been simulated. */
function extent(grid: readonly Cell[], results: readonly Result[]): string {
  const done = new Set(results.map(({ cell }) => nameOf(cell)))
  const missing = grid.filter((cell) => !done.has(nameOf(cell)))
  const said = `${short(done.size)} of ${short(grid.length)} cells are simulated.`
  if (missing.length === 0) return said
  const groups = [...new Set(missing.map(groupOf))]
  return `${said} Still to run (\`npm run study\`): ${groups.join('; ')}.`
}

function groupOf(cell: Cell): string {
  if (cell.kind === 'measure') return `${cell.world} at n = ${cell.n}`
  return cell.kind === 'family' ? `audits of ${cell.tasks} × ${cell.cases} cases, harm ${cell.harm}` : cell.kind
}
