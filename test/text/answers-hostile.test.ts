import { expect, it } from 'vitest'
import { compileGrader } from '../../src/annotate/grade.js'
import { compileStated } from '../../src/annotate/stated-confidence.js'

// What a pattern that backtracks would not survive: hundreds of kilobytes of one piece, on which quadratic time would be
// minutes. None has a time of its own to keep; each must end.
const PIECES = [
  '\\boxed{',
  '{',
  'answer ',
  'answer:',
  'answer to ',
  'final answer\n',
  '"answer":"',
  '"answer":[',
  "'answer':",
  '<answer>',
  '[A',
  '[Yes',
  '####',
  '#### \n',
  '**',
  '$',
  '`',
  '1',
  '1,',
  '1e',
  '1/',
  '1,234',
  '-',
  ' ',
  '\n',
  '\\frac{',
  '1\\frac',
  '(A',
  'option ',
  '**A',
  '\\',
  '.',
  '. ',
  '"',
  "'",
  '9%',
  ' is ',
  '=',
  '\\text{ ',
  '1 \\times 10^',
  '</think>',
  '[ANSWER]',
  '```\n',
  'Dr. ',
  'no ',
  '<confidence>',
  '0.9',
]
const graders = [
  compileGrader({ kind: 'exact', ignoreCase: true, ignorePunctuation: true }),
  compileGrader({ kind: 'number' }),
  compileGrader({ kind: 'math' }),
  compileGrader({ kind: 'choice' }),
  compileGrader({ kind: 'choice', choices: ['yes', 'no', 'not sure'] }),
  compileGrader({ kind: 'regex', pattern: '(?i)answer[ :]*(\\w+)' }),
]
const stated = compileStated({ tag: 'confidence' })

it.each(PIECES)('300 kB of %j are graded', (piece) => {
  const text = piece.repeat(Math.ceil(300_000 / piece.length))
  for (const output of [text, `${text}x`, `${text}"}`]) {
    for (const grader of graders) expect(grader.grade(output, ['A', 'no', '5'])).not.toBeUndefined()
    expect(stated(output)).not.toBeUndefined()
  }
})
