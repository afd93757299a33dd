import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { nameOf, type Result } from './cell.js'

/** Results by the names of their cells, one a line; a last line that an interruption cut short is left out. */
export function readResults(path: string): Map<string, Result> {
  const results = new Map<string, Result>()
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : []
  for (const line of lines) {
    const result = parsed(line)
    if (result !== null) results.set(nameOf(result.cell), result)
  }
  return results
}

function parsed(line: string): Result | null {
  try {
    return JSON.parse(line) as Result
  } catch {
    return null
  }
}

/** Adds a result at once, so that a study that is interrupted after it goes on from there. */
export function appendResult(path: string, result: Result): void {
  mkdirSync(dirname(path), { recursive: true })
  appendFileSync(path, `${JSON.stringify(result)}\n`)
}

export function writeResults(path: string, results: readonly Result[]): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(`${path}.new`, results.map((result) => `${JSON.stringify(result)}\n`).join(''))
  renameSync(`${path}.new`, path)
}
