import type { ExampleValues } from '../domain/finding.js'
import { short } from './numbers.js'

/** What an example's code says of a case, as a clause. */
const WORDS: Readonly<Record<string, string>> = {
  'left-the-format': 'another format than before',
  'json-gone': 'JSON before, none now',
  'json-broken': 'JSON before, broken now',
  'confidence-gone': 'a confidence before, none now',
  'error-grew': 'confidence further from the truth than before',
  'confidently-wrong': 'wrong with high confidence',
  'became-infeasible': 'right before, infeasible now',
  'became-hollow': 'right form, wrong inside',
  'became-invalid': 'valid before, no longer now',
  'states-something-false': 'states something false',
  'score-fell': 'a lower score than before',
  'right-then-wrong': 'right before, wrong now',
  'more-alike': 'samples more alike than before',
  'another-prompts-output': 'now says what another prompt gets too',
  'stock-phrases': 'phrases that other outputs have too',
  'fewer-distinct': 'fewer distinct samples than before',
}

export function explainExample(code: string): string {
  return Object.hasOwn(WORDS, code) ? WORDS[code]! : code.replaceAll('-', ' ')
}

/** What is known of an output: right or wrong, score, confidence. */
export function explainValues({ score, correct, confidence }: ExampleValues): string {
  const verdict = correct === null ? [] : [correct ? 'right' : 'wrong']
  return [
    ...verdict,
    ...(score === null ? [] : [`score ${short(score)}`]),
    ...(confidence === null ? [] : [`confidence ${short(confidence)}`]),
  ].join(', ')
}
