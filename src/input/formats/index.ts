import { csv } from './csv.js'
import type { CompanionFormat, Format } from './format.js'
import { jsonl } from './jsonl.js'
import { lmEvaluationHarness, lmEvaluationHarnessResults } from './lm-evaluation-harness.js'
import { type LogFormat, readable } from './log-format.js'
import type { Probe } from './probe.js'

/** Logs of tools. Each is told by keys that the others lack; where one could be taken for another, it stands before it. */
const LOGS: readonly LogFormat[] = [lmEvaluationHarness]

/** The user's own files; the last takes what is left. */
const NATIVE: readonly Format[] = [csv, jsonl]

const FORMATS: readonly Format[] = [...LOGS.map(readable), ...NATIVE]

const COMPANIONS: readonly CompanionFormat[] = [lmEvaluationHarnessResults]

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
