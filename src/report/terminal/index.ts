import { explainNotice } from '../../domain/notice.js'
import type { Report } from '../../domain/report.js'
import { wrap } from '../wrap.js'
import { coverage } from './coverage.js'
import { examples } from './examples.js'
import { decided } from './findings.js'
import { gaps } from './gaps.js'
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
    coverage(report),
    ...decided(report, paint),
    where(report, paint),
    examples(report, paint),
    gaps(report),
    notices(report),
  ]
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

function notices({ notices: all }: Report): string[] {
  return all.flatMap((notice) => wrap(`Note: ${explainNotice(notice)}.`, { rest: '  ' }))
}
