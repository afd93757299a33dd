// The table of docs/statistics.md from Stryker's reports: node test/mutation/table.js build/mutation/*.json
import { readFileSync } from 'node:fs'

const KILLED = new Set(['Killed', 'Timeout'])
const OPEN = new Set(['Survived', 'NoCoverage'])

/** Of one file in several reports the last counts. */
const files = new Map()
for (const path of process.argv.slice(2)) {
  for (const [name, { mutants }] of Object.entries(JSON.parse(readFileSync(path, 'utf8')).files)) {
    files.set(name, mutants)
  }
}

const rows = [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, mutants]) => row(`\`${name}\``, mutants))
const totals = ['src/stats/', 'src/audit/'].flatMap((folder) => {
  const own = [...files].filter(([name]) => name.startsWith(folder)).flatMap(([, mutants]) => mutants)
  return own.length > 0 ? [row(`**\`${folder}\`, the files below**`, own)] : []
})
console.log(
  ['| file | mutants | killed | of these by time | score |', '| --- | ---: | ---: | ---: | ---: |'].join('\n'),
)
console.log([...totals, ...rows].join('\n'))

function row(name, mutants) {
  const count = (statuses) => mutants.filter(({ status }) => statuses.has(status)).length
  const killed = count(KILLED)
  const all = killed + count(OPEN)
  const score = all === 0 ? '' : `${((100 * killed) / all).toFixed(1)} %`
  return `| ${name} | ${all} | ${killed} | ${count(new Set(['Timeout']))} | ${score} |`
}
