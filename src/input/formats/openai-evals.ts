import type { Raw } from '../../domain/record.js'
import { parseRecord } from '../json.js'
import { type Log, type LogFormat, recordOf } from './log-format.js'
import { hasKeys } from './probe.js'
import { refuse } from './refuse.js'
import { asList, asObject, asText, at } from './values.js'

/**
 * OpenAI evals' record files: events of all samples, flushed by threads in any order, with the run's spec and its final
 * report somewhere among them. The first sampling of a sample is its output (later ones are a judge's), its match or
 * metrics are its score. Source: evals/record.py.
 */
export const openaiEvals: LogFormat = {
  id: 'openai-evals',
  tool: 'OpenAI evals',
  reads: 'record files: samplings, matches, metrics',
  seen: true,
  layout: 'bytes',
  detects: ({ first }) =>
    hasKeys(first, ['spec.eval_name']) || hasKeys(first, ['event_id', 'sample_id', 'type', 'data']),
  rows: (bytes, log) => samplesOf(eventsOf(bytes), log),
  records: (row) => [
    recordOf(record(row), { score: hasKeys(row.scores, ['accuracy']) ? { name: 'accuracy', worse: 'lower' } : null }),
  ],
}

function eventsOf(bytes: Buffer): Raw[] {
  const lines = bytes.toString('utf8').split('\n')
  return lines.filter((line) => /\S/.test(line)).map((line) => parseRecord(line).raw)
}

/** Events of each sample, in the order of their numbers. */
function samplesOf(events: readonly Raw[], log: Log): Raw[] {
  const spec = events.find((event) => event.spec !== undefined)?.spec
  const task =
    log.task ??
    asText(at(spec, 'eval_name')) ??
    refuse(log, 'it holds no spec that names the eval', 'Name the task: input: {task: …} in the config.')
  const samples = new Map<string, Raw[]>()
  const ordered = events
    .filter(({ sample_id: id }) => typeof id === 'string')
    .sort((a, b) => Number(a.event_id) - Number(b.event_id))
  for (const event of ordered) {
    const id = String(event.sample_id)
    samples.set(id, [...(samples.get(id) ?? []), event])
  }
  return [...samples].map(([id, own]) => ({ task, id, model: at(spec, 'completion_fns', 0), ...joined(own) }))
}

function joined(events: readonly Raw[]): Raw {
  const of = (type: string) => events.find((event) => event.type === type)?.data
  const sampling = of('sampling')
  const match = of('match')
  return {
    prompt: at(sampling, 'prompt'),
    sampled: at(sampling, 'sampled'),
    expected: at(match, 'expected'),
    error: of('error'),
    scores: {
      ...numbersOf(of('metrics')),
      ...(match === undefined ? {} : { accuracy: Number(at(match, 'correct') === true) }),
    },
  }
}

function numbersOf(metrics: unknown): Raw {
  return Object.fromEntries(
    Object.entries(asObject(metrics) ?? {}).filter(
      ([, value]) => typeof value === 'number' || typeof value === 'boolean',
    ),
  )
}

function record({ sampled, expected, ...fields }: Raw): Raw {
  const texts = asList(sampled)
  return { ...fields, output: texts === null ? (sampled ?? null) : (texts[0] ?? ''), reference: expected }
}
