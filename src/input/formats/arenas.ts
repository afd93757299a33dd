import type { Raw } from '../../domain/record.js'
import { type LogFormat, recordOf } from './log-format.js'
import { contentText, splitChat } from './messages.js'
import { firstOf, hasKeys } from './probe.js'
import { asList, asText, at } from './values.js'

/** Arena-Hard-Auto's `model_answer/*.jsonl` since v0.1: `{uid, ans_id, model, messages}`. */
export const arenaHard: LogFormat = {
  id: 'arena-hard',
  tool: 'Arena-Hard',
  reads: '`model_answer/*.jsonl`',
  seen: true,
  layout: 'lines',
  detects: ({ first }) => hasKeys(first, ['uid', 'ans_id', 'model', 'messages']),
  records: (row, { task }) => {
    const { prompt, answer } = splitChat(asList(row.messages) ?? [])
    const output = at(answer, 'content', 'answer') ?? contentText(at(answer, 'content'))
    return [recordOf({ task: task ?? 'arena-hard-v0.1', id: row.uid, prompt, output, model: row.model })]
  },
}

/**
 * FastChat's answers, `{question_id, answer_id, model_id, choices: [{turns}]}`: MT-bench, and the first Arena-Hard, whose
 * turns are objects. The turns of a question depend on each other: together they are one output.
 */
export const mtBench: LogFormat = {
  id: 'mt-bench',
  tool: 'MT-bench',
  reads: 'answers of all turns',
  seen: true,
  layout: 'lines',
  detects: ({ first }) => hasKeys(first, ['question_id', 'answer_id', 'model_id', 'choices']),
  records: (row, { task }) => {
    const choices = asList(row.choices) ?? []
    return choices.map((choice, i) => {
      const turns = (asList(at(choice, 'turns')) ?? []).map(turnText)
      const shared = { task: task ?? benchOf(choice), id: row.question_id, model: row.model_id }
      return recordOf({ ...shared, ...(choices.length > 1 ? { sample: i } : {}), output: turns.join('\n\n') })
    })
  },
}

function turnText(turn: unknown): string {
  return asText(turn) ?? asText(at(turn, 'content')) ?? ''
}

function benchOf(choice: unknown): string {
  return asText(firstOf(at(choice, 'turns'))) === null ? 'arena-hard-v0.1' : 'mt_bench'
}

/** AlpacaEval's `model_outputs.json`: `[{dataset, instruction, output, generator}]`, paired by instruction. */
export const alpacaEval: LogFormat = {
  id: 'alpaca-eval',
  tool: 'AlpacaEval',
  reads: '`model_outputs.json`, paired by instruction',
  seen: false,
  layout: 'document',
  detects: ({ first }) => hasKeys(firstOf(first), ['instruction', 'output', 'generator']),
  rows: (document) => (asList(document) ?? []) as readonly Raw[],
  records: ({ instruction, output, generator, dataset }, { task }) => [
    recordOf({
      task: task ?? 'alpaca_eval',
      prompt: instruction,
      output,
      model: generator,
      tags: asText(dataset) === null ? [] : [dataset],
    }),
  ],
}
