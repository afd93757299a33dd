import { parseArgs } from 'node:util'
import { sortedBy } from '../../src/domain/order.js'
import { nameOf, type Result } from './cell.js'
import { fullGrid, quickGrid } from './grid.js'
import { simulateAll } from './pool.js'
import { writeReports } from './report/index.js'
import { appendResult, readResults, writeResults } from './store.js'

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    threads: { type: 'string', default: '2' },
    results: { type: 'string', default: 'docs/study/results.jsonl' },
    docs: { type: 'string', default: 'docs' },
    report: { type: 'boolean', default: false },
  },
})

/** The quick study keeps nothing and uses nothing that was kept: its tables are made anew each time. */
const known = values.quick ? new Map<string, Result>() : readResults(values.results)
const grid = values.quick ? quickGrid() : fullGrid()
const wanted = values.report ? [] : grid.filter((cell) => nameOf(cell).includes(values.only))
const results = new Map(known)
let done = 0
await simulateAll(
  wanted.map((cell) => ({ cell, known: known.get(nameOf(cell)) ?? null })),
  Number(values.threads),
  (result) => {
    const name = nameOf(result.cell)
    const isNew = JSON.stringify(known.get(name)) !== JSON.stringify(result)
    results.set(name, result)
    if (isNew && !values.quick) appendResult(values.results, result)
    process.stderr.write(`${++done}/${wanted.length} ${isNew ? '' : '(kept) '}${name}\n`)
  },
)
const names = new Set(grid.map(nameOf))
// In one order, whatever thread finished first.
const current = sortedBy(
  [...results.values()].filter(({ cell }) => names.has(nameOf(cell))),
  ({ cell }) => nameOf(cell),
)
if (!values.quick) writeResults(values.results, current)
writeReports({ grid, results: current, docs: values.docs, quick: values.quick })
