import type { PartialConfig } from '../../src/config/partial.js'
import { resolvePolicy } from '../../src/config/resolve.js'
import { taskPolicies } from '../../src/config/tasks.js'
import { AuditError, type Problem } from '../../src/domain/problem.js'
import { taskSelector } from '../../src/engine/selection.js'
import { type ReadingRules, readingRules } from '../../src/input/context.js'
import { formatOf } from '../../src/input/formats/index.js'
import { jsonl } from '../../src/input/formats/jsonl.js'
import type { Log } from '../../src/input/formats/log-format.js'
import { probe } from '../../src/input/formats/probe.js'
import type { LogSource } from '../../src/input/gather.js'
import { FileIntake, Intake } from '../../src/input/intake.js'
import { BadLine } from '../../src/input/json.js'
import { type Reading, readRecord } from '../../src/input/reading.js'
import type { Source } from '../../src/input/source.js'

/** A log without companions. */
export function logOf(path: string): Log {
  return { path, name: path, task: null, companions: [], unfinished: () => {}, promised: () => {} }
}

/** A file of records without companions, its format told by its name. */
export function linesOf(source: Source): LogSource {
  return { source, format: formatOf(probe(Buffer.alloc(0), source.path)), companions: [], provider: null }
}

export function rulesFor(config: PartialConfig = {}): ReadingRules {
  const policy = resolvePolicy(config, [])
  return readingRules(policy, taskPolicies(policy), taskSelector(policy))
}

/** Reads one record as line `line` of a file; `arm` and `file` hold what was counted. */
export function readAs(record: object | string, config: PartialConfig = {}, line = 1, path = 'forecasts.jsonl') {
  const text = typeof record === 'string' ? record : JSON.stringify(record)
  const arm = new Intake()
  const file = new FileIntake()
  const context = { place: { file: path, line }, arm, file }
  const bytes = Buffer.from(text)
  const reader = jsonl.open({
    path,
    head: bytes,
    maxLineBytes: bytes.length,
    fields: { pointers: {}, guess: true },
    log: logOf(path),
  })
  const entry = reader.again(bytes, { number: line, offset: 0, bytes: bytes.length })
  if (entry.kind === 'bad') throw entry.bad
  if (entry.kind === 'left-out') throw new Error(entry.reason)
  return { reading: readRecord(entry, rulesFor(config), context), arm, file }
}

export function readingOf(record: object, config: PartialConfig = {}, line = 1, path = 'forecasts.jsonl'): Reading {
  const { reading } = readAs(record, config, line, path)
  if (reading === null) throw new Error('the task is not selected')
  return reading
}

export function problemOf(run: () => unknown): Problem {
  const error = thrownBy(run)
  if (error instanceof AuditError) return error.problem
  throw error
}

export function badLineOf(run: () => unknown): BadLine {
  const error = thrownBy(run)
  if (error instanceof BadLine) return error
  throw error
}

function thrownBy(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  return new Error('nothing was thrown')
}

export async function rejectionOf(promise: Promise<unknown>): Promise<Problem> {
  const error = await promise.then(
    () => new Error('nothing was thrown'),
    (thrown: unknown) => thrown,
  )
  if (error instanceof AuditError) return error.problem
  throw error
}
