import type { Report } from '../../domain/report.js'
import { relaxed } from '../sentences/relaxed.js'
import { verdictSentence } from '../sentences/verdict.js'
import { wrap } from '../wrap.js'
import type { Paint } from './paint.js'

/** The verdict, its reason in a sentence, and what made it easier to pass. */
export function headline(report: Report, paint: Paint): string[] {
  const word = report.verdict.toUpperCase()
  const mode = report.config.gate === 'report' && report.verdict !== 'error' ? '  (report only: exit 0)' : ''
  const [first = '', ...rest] = wrap(`${word}${mode}  ${verdictSentence(report)}`)
  return [
    paint.bold(paint.of[report.verdict](word)) + first.slice(word.length),
    ...rest,
    ...relaxed(report).flatMap((text) => wrap(text, { rest: '  ' })),
  ]
}
