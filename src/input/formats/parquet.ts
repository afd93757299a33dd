import type { Raw } from '../../domain/record.js'
import { softmax } from './choices.js'
import { type Log, type LogFormat, type MappedScore, recordOf } from './log-format.js'
import { refuse } from './refuse.js'
import { asList, asObject, asText, at } from './values.js'

const MAGIC = 'PAR1'

/**
 * Parquet: LightEval's details (columns `doc`, `metric`, `model_response`), or any table whose columns are named as JSON
 * lines' fields are. It is read whole.
 */
export const parquet: LogFormat = {
  id: 'parquet',
  tool: 'Parquet',
  reads: "LightEval's details; any table with the columns of JSON lines",
  seen: true,
  layout: 'bytes',
  detects: ({ head }) => head.toString('latin1', 0, 4) === MAGIC,
  rows: readRows,
  records: (row) => (isLightEval(row) ? [recordOf(lightEval(row), { score: onlyScore(row) })] : [recordOf(row)]),
}

async function readRows(bytes: Buffer, log: Log): Promise<readonly Raw[]> {
  const [{ parquetReadObjects }, { compressors }] = await Promise.all([
    import('hyparquet'),
    import('hyparquet-compressors'),
  ])
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
  try {
    return (await parquetReadObjects({ file, compressors })).map((row) => plain(row) as Raw)
  } catch (error) {
    return refuse(
      log,
      `the Parquet file is damaged (${error instanceof Error ? error.message : String(error)})`,
      'Copy the file again.',
    )
  }
}

/** Values as JSON has them: 64-bit whole numbers become numbers where they are exact, else text. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8')
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  // Timestamps.
  if ('toISOString' in value && typeof value.toISOString === 'function') return value.toISOString()
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]))
}

function isLightEval(row: Raw): boolean {
  return asObject(row.doc) !== null && 'metric' in row && 'model_response' in row
}

function lightEval({ doc, metric, model_response: response }: Raw): Raw {
  const choices = asList(at(doc, 'choices')) ?? []
  const logprobs = (asList(at(response, 'logprobs')) ?? []).filter((value) => typeof value === 'number')
  const shares = choices.length > 1 && logprobs.length === choices.length ? softmax(logprobs) : null
  const best = shares === null ? -1 : shares.indexOf(Math.max(...shares))
  return {
    task: at(doc, 'task_name'),
    id: at(doc, 'id'),
    prompt: at(doc, 'query'),
    reference: (asList(at(doc, 'gold_index')) ?? [at(doc, 'gold_index')]).map((gold) =>
      typeof gold === 'number' ? choices[gold] : gold,
    ),
    output: asText(asList(at(response, 'text'))?.[0]) || (asText(choices[best]) ?? ''),
    ...(shares === null ? {} : { confidence: shares[best] }),
    scores: asObject(metric) ?? {},
  }
}

function onlyScore({ metric }: Raw): MappedScore | null {
  const [name, ...others] = Object.keys(asObject(metric) ?? {})
  return name === undefined || others.length > 0 ? null : { name, worse: 'lower' }
}
