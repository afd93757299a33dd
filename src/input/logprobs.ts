import type { LogprobReading } from '../domain/policy.js'
import { shown } from '../domain/printable.js'
import { BadLine } from './json.js'

/** A log probability above 0 is none. Rounding of a softmax in single precision may exceed it by some 2^-23. */
const ROUNDING = 1e-6

/** A value that cannot be a log probability. */
export class PositiveLogprob extends Error {
  readonly value: number

  constructor(value: number) {
    super(`log probability ${value}`)
    this.value = value
  }
}

/**
 * How likely a model found its own output, 0–1, from the natural log probabilities of the output's tokens. `mean`: the
 * length-normalised probability of the sequence, exp of the mean. `min`: the probability of its least likely token. `sum`:
 * the probability of the whole sequence. A single number is taken for that aggregate, in logs. Null where a token's is not
 * known or there is none. Throws BadLine for what is no list of log probabilities, PositiveLogprob.
 *
 * Source: Malinin & Gales 2021 (arXiv:2002.07650, eq. 7, sequence and length-normalised); Manakul et al. 2023
 * (arXiv:2303.08896, §5.1, mean and maximum of −log p).
 */
export function sequenceProbability(value: unknown, reading: LogprobReading): number | null {
  if (typeof value === 'number') return probability(value)
  const tokens = value === undefined ? null : tokensOf(value)
  if (tokens === undefined) throw unreadable(value)
  return tokens === null || tokens.length === 0 ? null : aggregated(tokens, reading)
}

function aggregated(tokens: readonly unknown[], reading: LogprobReading): number | null {
  let sum = 0
  let least = 0
  for (const token of tokens) {
    const logprob = logprobOf(token)
    if (logprob === undefined) throw unreadable(token)
    if (logprob === null || !Number.isFinite(logprob)) return null
    const negative = requireNegative(logprob)
    sum += negative
    least = Math.min(least, negative)
  }
  return Math.exp({ mean: sum / tokens.length, min: least, sum }[reading])
}

function probability(logprob: number): number | null {
  return Number.isFinite(logprob) ? Math.exp(requireNegative(logprob)) : null
}

function requireNegative(logprob: number): number {
  if (logprob > ROUNDING) throw new PositiveLogprob(logprob)
  return Math.min(0, logprob)
}

/**
 * A list of tokens, or an object that holds one as OpenAI's chat (`content`) and completions (`token_logprobs`) have it;
 * undefined where it is neither.
 */
function tokensOf(value: unknown): readonly unknown[] | null | undefined {
  if (value === null || Array.isArray(value)) return value
  const [content, logprobs] = [own(value, 'content'), own(value, 'token_logprobs')]
  const inner = content ?? logprobs ?? (content === null || logprobs === null ? null : undefined)
  return inner === null || Array.isArray(inner) ? inner : undefined
}

/**
 * A number, an object with its `logprob`, or (vLLM) the one candidate of a position by its token; undefined where it is
 * none of them, or where several candidates do not say which was taken.
 */
function logprobOf(token: unknown): number | null | undefined {
  if (typeof token === 'number' || token === null) return token
  const direct = own(token, 'logprob')
  if (typeof direct === 'number' || direct === null) return direct
  const candidates = typeof token === 'object' && !Array.isArray(token) ? Object.values(token) : []
  const only = candidates.length === 1 ? own(candidates[0], 'logprob') : undefined
  return typeof only === 'number' || only === null ? only : undefined
}

function own(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined
}

function unreadable(value: unknown): BadLine {
  return new BadLine(
    `"logprobs" holds ${shown(value)}`,
    "It must be a list with one log probability for each token of the output, or what OpenAI's API gives; map another field with --fields logprobs=….",
  )
}

/** Tokens by which a column is told. */
const LOOKED_AT = 8

/** Whether a value looks like log probabilities of tokens: by its first few, none of them positive and one negative. */
export function looksLikeLogprobs(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const values = (tokensOf(value) ?? []).slice(0, LOOKED_AT).map((token) => logprobOf(token) ?? 1)
  return values.every((one) => one <= 0) && values.some((one) => one < 0)
}
