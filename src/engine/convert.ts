import { explainProblem, type Problem } from '../domain/problem.js'
import { fieldMap } from '../input/fields.js'
import { type LogFile, rowsOf } from '../input/log-file.js'
import { unfinishedLine } from '../input/writers/native.js'
import type { Remainder, Writer, WritingContext } from '../input/writers/writer.js'
import { type OneArm, type OneArmProblem, type OneArmRequest, readOneArm } from './one-arm.js'

export interface Conversion {
  readonly problems: readonly OneArmProblem[]
  /** Records that were read, and lines that were written. */
  readonly records: number
  readonly lines: number
}

/**
 * Reads logs of one arm and writes each of their records, as it comes, in another form. What is wrong with a log stands in
 * the lines too, so that nothing that reads them takes them for a whole run. Throws AuditError for a usage problem.
 */
export async function convert(
  request: OneArmRequest,
  writer: Writer,
  write: (text: string) => Promise<void>,
): Promise<Conversion> {
  const conversion = new Writing(writer, request, write)
  const { problems } = await readOneArm(request, (file, arm) => conversion.file(file, arm))
  for (const { problem } of problems.filter(({ fatal }) => fatal || writer.id === 'native')) {
    await conversion.put([unfinishedLine(...unfinishedWords(problem))])
  }
  return { problems, records: conversion.records, lines: conversion.lines }
}

function unfinishedWords(problem: Problem): [what: string, remedy: string] {
  if (problem.code === 'log-refused') return [problem.what, problem.remedy]
  return [
    `the log that it was converted from could not be read to its end: ${explainProblem(problem)}`,
    'Convert it again.',
  ]
}

class Writing {
  records = 0
  lines = 0
  private readonly writer: Writer
  private readonly request: OneArmRequest
  private readonly write: (text: string) => Promise<void>
  private readonly tasks = new Set<string>()

  constructor(writer: Writer, request: OneArmRequest, write: (text: string) => Promise<void>) {
    this.writer = writer
    this.request = request
    this.write = write
  }

  async file(file: LogFile, arm: OneArm): Promise<void> {
    const { fields, guess } = this.request.policy.input
    const map = fieldMap(fields, guess)
    const before = arm.problems.length
    let rows = 0
    let pending: object[] = []
    const readings = file.readings((record, reading) => {
      this.records++
      rows += rowsOf(record)
      this.tasks.add(reading.task)
      const context = { fields: map, unfinished: unfinishedIn(arm, before) } satisfies WritingContext
      for (const line of this.writer.lines(record, reading, context)) pending.push(line)
    })
    for await (const _ of readings) {
      await this.put(pending)
      pending = []
    }
    await this.put(this.writer.end(this.remainder(file, arm, rows)))
  }

  async put(lines: readonly object[]): Promise<void> {
    this.lines += lines.length
    if (lines.length > 0) await this.write(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  }

  private remainder(file: LogFile, { intake }: OneArm, written: number): Remainder {
    const { leftOut, rows } = file.summary()
    const tasks = [...intake.tasks].filter((task) => !this.tasks.has(task))
    return { leftOut, rows: rows - written, tasks }
  }
}

function unfinishedIn({ problems }: OneArm, from: number): string | null {
  const [first] = problems.slice(from)
  return first?.problem.code === 'log-refused' ? first.problem.what : null
}
