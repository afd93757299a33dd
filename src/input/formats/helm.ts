import { dirname, join } from 'node:path'
import type { Raw } from '../../domain/record.js'
import type { CompanionFormat } from './format.js'
import { type Companion, companionNamed, type Log, type LogFormat, recordOf } from './log-format.js'
import { tokenLogprobs } from './messages.js'
import { firstOf, hasKeys } from './probe.js'
import { asList, asObject, asText, at, known } from './values.js'

/**
 * A HELM run directory: `scenario_state.json` with the outputs, `per_instance_stats.json` with their scores,
 * `run_spec.json` with the run's name. `result.success` says that the request succeeded, not that the answer is right.
 * Hosted models log 0 for the log probability of every token, which says nothing. Source: helm.benchmark.
 */
export const helm: LogFormat = {
  id: 'helm',
  tool: 'HELM',
  reads: 'run directories: `scenario_state.json`, `per_instance_stats.json`, `run_spec.json`',
  seen: true,
  layout: 'document',
  detects: ({ first }) => hasKeys(first, ['adapter_spec', 'request_states']),
  siblings: (path) => ['per_instance_stats.json', 'run_spec.json'].map((name) => join(dirname(path), name)),
  rows: (document) =>
    ((asList(at(document, 'request_states')) ?? []) as readonly Raw[]).map((state) => ({
      ...state,
      adapter_spec: at(document, 'adapter_spec'),
    })),
  records: (row, log) => {
    const record = recordFor(row, log)
    return [recordOf(record, { score: hasKeys(record.scores, [MAIN]) ? { name: MAIN, worse: 'lower' } : null })]
  },
}

const MAIN = 'exact_match'

const companion = (id: string, detects: CompanionFormat['detects']): CompanionFormat => ({
  id,
  tool: 'HELM',
  wants: 'scenario_state.json',
  layout: 'document',
  detects,
  siblings: (path) =>
    ['scenario_state.json', 'per_instance_stats.json', 'run_spec.json'].map((name) => join(dirname(path), name)),
})

export const helmStats = companion('helm-stats', ({ first }) =>
  hasKeys(firstOf(first), ['instance_id', 'train_trial_index', 'stats']),
)
export const helmRunSpec = companion('helm-run-spec', ({ first }) =>
  hasKeys(first, ['name', 'scenario_spec', 'adapter_spec']),
)

function recordFor(row: Raw, log: Log): Raw {
  const completion = asList(at(row.result, 'completions'))?.[0]
  const perturbation = asText(at(row.instance, 'perturbation', 'name'))
  return {
    task: log.task ?? asText(at(companionNamed(log, 'run_spec.json'), 'name')) ?? 'helm',
    id: [at(row.instance, 'id'), perturbation, row.train_trial_index]
      .filter((part) => part !== null && part !== undefined)
      .join(' '),
    cluster: at(row.instance, 'id'),
    prompt: at(row.request, 'prompt'),
    reference: referencesOf(row),
    output: at(completion, 'text') ?? null,
    error: at(row.result, 'success') === false ? (at(row.result, 'error') ?? 'request failed') : undefined,
    finish_reason: at(completion, 'finish_reason', 'reason'),
    logprobs: logprobsOf(completion),
    scores: scoresOf(row, perturbation, log),
    split: at(row.instance, 'split'),
    model: at(row.request, 'model'),
    meta: known({ adapter: asObject(row.adapter_spec) === null ? null : adapterSettings(row.adapter_spec) }),
  }
}

/** Null where every token has 0. */
function logprobsOf(completion: unknown): readonly number[] | null {
  const logprobs = tokenLogprobs(at(completion, 'tokens'))
  return logprobs?.some((logprob) => logprob !== 0) ? logprobs : null
}

/** What of the adapter must be the same in both arms; the model is what differs. */
function adapterSettings(spec: unknown): Raw {
  const { model: _, model_deployment: __, ...settings } = asObject(spec) ?? {}
  return settings
}

function referencesOf({ instance }: Raw): unknown {
  const correct = (asList(at(instance, 'references')) ?? []).filter((one) =>
    asList(at(one, 'tags'))?.includes('correct'),
  )
  const texts = correct.flatMap((one) => asText(at(one, 'output', 'text')) ?? [])
  return texts.length === 0 ? undefined : texts.length === 1 ? texts[0] : texts
}

/** Counts, times and costs that stand among the scores. */
const NO_SCORE = /^(?:num_|batch_size|finish_reason|inference_|training_|prompt_truncated|logprob|max_prob|.*runtime)/

function scoresOf(row: Raw, perturbation: string | null, log: Log): Raw | undefined {
  const stats = statsOf(log)?.get(keyOf(at(row.instance, 'id'), perturbation, row.train_trial_index))
  if (stats === undefined) return undefined
  return Object.fromEntries(
    stats.flatMap((stat) => {
      const name = asText(at(stat, 'name', 'name'))
      return name === null || NO_SCORE.test(name) || at(stat, 'count') === 0 ? [] : [[name, at(stat, 'mean')]]
    }),
  )
}

type Stats = ReadonlyMap<string, readonly unknown[]>

const read = new WeakMap<Companion, Stats>()

function statsOf({ companions }: Log): Stats | null {
  const own = companions.find(({ name }) => name === 'per_instance_stats.json')
  if (own === undefined) return null
  const known = read.get(own)
  if (known !== undefined) return known
  const rows = asList(own.documents[0]) ?? []
  const fresh = new Map(
    rows.map((row) => [
      keyOf(at(row, 'instance_id'), asText(at(row, 'perturbation', 'name')), at(row, 'train_trial_index')),
      asList(at(row, 'stats')) ?? [],
    ]),
  )
  read.set(own, fresh)
  return fresh
}

function keyOf(id: unknown, perturbation: string | null, trial: unknown): string {
  return JSON.stringify([id, perturbation, trial])
}
