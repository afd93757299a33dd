import type { Raw } from '../../domain/record.js'
import { inspectRecords, promise, requireFinished } from './inspect-log.js'
import type { LogFormat } from './log-format.js'
import { hasKeys } from './probe.js'
import { asList, asObject } from './values.js'
import { isZip, readZip } from './zip.js'

/** Inspect's `.json` log: a header and its samples. Source: inspect_ai/log/_log.py. */
export const inspectJson: LogFormat = {
  id: 'inspect-json',
  tool: 'Inspect',
  reads: 'samples, epochs, attachments, scores, limits; a stopped run is refused',
  seen: true,
  layout: 'document',
  detects: ({ first }) => hasKeys(first, ['eval.task', 'status']),
  rows: (document, log) => {
    const { samples, ...header } = asObject(document) ?? {}
    requireFinished(header, log)
    promise(header, log)
    const all = asList(samples) ?? []
    return all.length === 0 ? [{ header, sample: null }] : all.map((sample) => ({ header, sample }))
  },
  records: inspectRecords,
}

const MEMBER = /^samples\/.+\.json$/

/** Inspect's `.eval` log: a zip whose members are deflated or compressed with zstd. Member order means nothing. */
export const inspectEval: LogFormat = {
  id: 'inspect-eval',
  tool: 'Inspect',
  reads: 'the same from the archive, deflate and zstd',
  seen: true,
  layout: 'bytes',
  detects: ({ head, name }) => isZip(head) && /\.eval$/i.test(name),
  rows: async (bytes, log) => {
    const members = await readZip(bytes, (name) => name === 'header.json' || MEMBER.test(name), log)
    const header = members.get('header.json')
    requireFinished(header, log)
    promise(header, log)
    const samples = [...members].filter(([name]) => MEMBER.test(name)).map(([, sample]) => sample)
    return samples.length === 0 ? [{ header, sample: null }] : samples.map((sample): Raw => ({ header, sample }))
  },
  records: inspectRecords,
}
