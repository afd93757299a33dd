import { alpacaEval, arenaHard, mtBench } from './arenas.js'
import { bfcl, bfclScores } from './bfcl.js'
import { chat } from './chat.js'
import { anthropicBatch, bedrockBatch, vertexBatch } from './cloud-batches.js'
import { csv } from './csv.js'
import { deepeval } from './deepeval.js'
import { evalplus } from './evalplus.js'
import { everyEvalEver } from './every-eval-ever.js'
import type { CompanionFormat, Format } from './format.js'
import { helm, helmRunSpec, helmStats } from './helm.js'
import { inspectEval, inspectJson } from './inspect-ai.js'
import { jsonl } from './jsonl.js'
import { llamaFactory } from './llama-factory.js'
import { llmComparator } from './llm-comparator.js'
import { lmEvaluationHarness, lmEvaluationHarnessResults } from './lm-evaluation-harness.js'
import { type LogFormat, readable } from './log-format.js'
import { openaiBatch } from './openai-batch.js'
import { openaiEvals } from './openai-evals.js'
import { opencompass, opencompassResults } from './opencompass.js'
import { parquet } from './parquet.js'
import type { Probe } from './probe.js'
import { promptfoo, promptfooLines } from './promptfoo.js'
import { langfuse, mlflowTable, mlflowTrace } from './traces.js'

/** Logs of tools. Each is told by keys that the others lack; where one could be taken for another, it stands before it. */
const LOGS: readonly LogFormat[] = [
  lmEvaluationHarness,
  everyEvalEver,
  openaiBatch,
  anthropicBatch,
  bedrockBatch,
  vertexBatch,
  inspectJson,
  inspectEval,
  promptfoo,
  promptfooLines,
  llamaFactory,
  opencompass,
  evalplus,
  bfcl,
  helm,
  alpacaEval,
  arenaHard,
  mtBench,
  openaiEvals,
  deepeval,
  langfuse,
  mlflowTrace,
  mlflowTable,
  llmComparator,
  parquet,
  chat,
]

/** The user's own files; the last takes what is left. */
const NATIVE: readonly Format[] = [csv, jsonl]

const FORMATS: readonly Format[] = [...LOGS.map(readable), ...NATIVE]

const COMPANIONS: readonly CompanionFormat[] = [
  lmEvaluationHarnessResults,
  helmStats,
  helmRunSpec,
  bfclScores,
  opencompassResults,
]

/** Enough to know a format by. */
export const HEAD_BYTES = 1 << 16

/** The first that knows a file reads it. */
export function formatOf(probe: Probe): Format {
  return FORMATS.find((format) => format.detects(probe)) ?? jsonl
}

/** Null where the file holds records of its own. */
export function companionOf(probe: Probe): CompanionFormat | null {
  return COMPANIONS.find((format) => format.detects(probe)) ?? null
}

export function formatNamed(id: string): Format | null {
  return FORMATS.find((format) => format.id === id) ?? null
}

export function formatNames(): string[] {
  return FORMATS.map(({ id }) => id)
}

export function isNative({ id }: Format): boolean {
  return NATIVE.some((format) => format.id === id)
}

/** What every format reads, as rows of a Markdown table: the user's own first. */
export function formatRows(): readonly (readonly [name: string, tool: string, reads: string, tested: string])[] {
  return [...NATIVE.toReversed(), ...LOGS].map(({ id, tool, reads, seen }) => [
    `\`${id}\``,
    tool,
    reads,
    seen ? 'real logs' : 'its documented layout',
  ])
}
