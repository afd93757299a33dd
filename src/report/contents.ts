import type { Contents } from '../domain/contents.js'
import { explainNotice } from '../domain/notice.js'
import { printable } from '../domain/printable.js'
import { fixed } from './numbers.js'
import { wrap } from './wrap.js'

/** What is in a log, for a terminal of 80 columns. */
export function renderContents(contents: Contents): string {
  const { files, format, rows, cases, samples, failed, tasks, providers, models, notices, problems } = contents
  const sections = [
    [`${format}: ${rows} rows, ${cases} cases, ${samples} outputs (${failed.error} errored, ${failed.empty} empty)`],
    files.flatMap(fileLines),
    list('tasks', tasks),
    list('providers in one log', providers),
    list('models', models),
    table('score', 'mean', scoreRows(contents)),
    table('field', 'records', fieldRows(contents)),
    notices.flatMap((notice) => wrap(`Note: ${explainNotice(notice)}`, { rest: '  ' })),
    problems.flatMap((problem) => wrap(`Problem: ${problem}`, { rest: '  ' })),
  ]
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

function fileLines({ path, format, leftOut, companions, badLines }: Contents['files'][number]): string[] {
  return [
    ...wrap(`${path === '-' ? 'standard input' : printable(path)} (${format})`, { rest: '  ' }),
    ...companions.flatMap((one) => wrap(`  with ${printable(one.path)} (${one.format})`, { rest: '    ' })),
    ...leftOut.flatMap(({ reason, rows }) => wrap(`  ${rows} rows left out: ${printable(reason)}`, { rest: '    ' })),
    ...(badLines === 0 ? [] : [`  ${badLines} bad lines left out`]),
  ]
}

const MOST_NAMES = 12

function list(what: string, names: readonly string[]): string[] {
  if (names.length === 0) return []
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : ''
  return wrap(`${what}: ${names.slice(0, MOST_NAMES).map(printable).join(', ')}${more}`, { rest: '  ' })
}

function scoreRows({ meanScores, score }: Contents): (readonly [string, string])[] {
  return Object.entries(meanScores).map(([name, mean]) => [
    name,
    `${mean === null ? 'unknown' : fixed(mean)}${name === score ? '  (the score, unless --score names another)' : ''}`,
  ])
}

function fieldRows({ fields }: Contents): (readonly [string, string])[] {
  return Object.entries(fields).map(([name, { coverage, kind }]) => [
    name,
    `${(100 * coverage).toFixed(1).padStart(5)} %${kind === 'other' ? '' : `  ${kind}`}`,
  ])
}

function table(first: string, second: string, rows: readonly (readonly [string, string])[]): string[] {
  if (rows.length === 0) return []
  const cells = rows.map(([name, value]) => [printable(name), value] as const)
  const width = Math.min(40, Math.max(first.length, ...cells.map(([name]) => name.length)))
  return [[first, second] as const, ...cells].map(([name, value]) => `${name.padEnd(width)}  ${value}`)
}
