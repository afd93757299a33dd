import { configSchema } from '../config/schema.js'
import { detectors } from '../detectors/index.js'
import { reportSchema } from '../report/schema.js'
import type { CommandContext } from './context.js'
import { choice } from './values.js'

/** `tuneaudit schema report|config`: the published JSON Schemas. */
export function schemaCommand(which: string, { out }: CommandContext): number {
  const name = choice('schema', which, ['report', 'config'] as const)
  const schema = name === 'report' ? reportSchema : configSchema(detectors)
  out(`${JSON.stringify(schema, null, 2)}\n`)
  return 0
}
