import { explainNotice } from '../../domain/notice.js'
import { ARMS } from '../../domain/record.js'
import type { Report } from '../../domain/report.js'
import { compared, filesOf } from '../sentences/compared.js'
import { faults, notMeasured, notReached, notSeen } from '../sentences/gaps.js'
import { withoutCommands } from '../workflow-commands.js'
import { wrap } from '../wrap.js'
import { examples } from './examples.js'
import { decided } from './findings.js'
import { headline } from './headline.js'
import { paintOf } from './paint.js'
import { waysOut } from './ways-out.js'
import { where } from './where.js'

export interface TerminalOptions {
  readonly color: boolean
}

/** For a person at a terminal of 80 columns: verdict and reason, what was compared, what decided, what was not seen. */
export function renderTerminal(report: Report, options: TerminalOptions): string {
  const paint = paintOf(options.color)
  const sections = [
    headline(report, paint),
    waysOut(report),
    hanging([...compared(report), ...notReached(report), ...files(report)]),
    ...decided(report, paint),
    where(report, paint),
    examples(report, paint),
    hanging([...notMeasured(report), ...notSeen(report), ...faults(report)]),
    hanging(report.notices.map((notice) => `Note: ${explainNotice(notice)}.`)),
  ]
  const text = sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')
  return `${withoutCommands(text)}\n`
}

function hanging(sentences: readonly string[]): string[] {
  return sentences.flatMap((text) => wrap(text, { rest: '  ' }))
}

function files(report: Report): string[] {
  return ARMS.flatMap((arm) => {
    const names = filesOf(report, arm)
    return names === null ? [] : [`${arm.padEnd(8)} ${names}`]
  })
}
