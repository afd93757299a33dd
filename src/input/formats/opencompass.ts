import { dirname, join } from 'node:path'
import type { Raw } from '../../domain/record.js'
import type { CompanionFormat } from './format.js'
import { companionNamed, type Log, type LogFormat, recordOf } from './log-format.js'
import { firstOf, hasKeys } from './probe.js'
import { asObject, at } from './values.js'

/**
 * OpenCompass, `predictions/<model>/<dataset>.json`, a document by index. Its prompts carry each model's own chat
 * template: cases are paired by index, and prompts are not compared.
 */
export const opencompass: LogFormat = {
  id: 'opencompass',
  tool: 'OpenCompass',
  reads: '`predictions/` with `results/`, paired by index',
  seen: true,
  layout: 'document',
  detects: ({ first }) => hasKeys(firstOf(first), ['origin_prompt', 'prediction']) && !isJudgement(first),
  siblings: (path) =>
    path.includes('predictions/') ? [join(dirname(path.replace('predictions/', 'results/')), nameOf(path))] : [],
  rows: (document) => Object.entries(asObject(document) ?? {}).map(([index, row]) => ({ index, ...asObject(row) })),
  records: (row, log) => [recordOf(record(row, log))],
}

/** `results/<model>/<dataset>.json` with the verdict on each prediction. */
export const opencompassResults: CompanionFormat = {
  id: 'opencompass-results',
  tool: 'OpenCompass',
  wants: 'predictions/<model>/<dataset>.json',
  layout: 'document',
  detects: ({ first }) => hasKeys(first, ['details']) && hasKeys(firstOf(at(first, 'details')), ['pred']),
}

/** A judge's own outputs have the same layout; their gold names the two models that it compared. */
function isJudgement(first: unknown): boolean {
  return hasKeys(firstOf(first), ['gold.answer1', 'gold.answer2'])
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function record(row: Raw, log: Log): Raw {
  const correct = at(companionNamed(log, log.name), 'details', String(row.index), 'correct')
  return {
    task: log.task ?? log.name.replace(/\.json$/, '').replace(/_+$/, ''),
    id: row.index,
    reference: row.gold,
    output: row.prediction,
    ...(typeof correct === 'boolean' ? { correct } : {}),
  }
}
