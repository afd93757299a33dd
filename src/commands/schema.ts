import { configSchema } from '../config/schema.js'
import { detectors } from '../detectors/index.js'
import { planSchema } from '../report/plan/schema.js'
import { reportSchema } from '../report/schema.js'
import type { CommandContext } from './context.js'
import { choice } from './values.js'

/** `tuneaudit schema report|plan|config`: the published JSON Schemas. */
export function schemaCommand(which: string, { out }: CommandContext): number {
  const name = choice('schema', which, ['report', 'plan', 'config'] as const)
  out(`${JSON.stringify(schemaOf[name](), null, 2)}\n`)
  return 0
}

const schemaOf = {
  report: () => reportSchema,
  plan: () => planSchema,
  config: () => configSchema(detectors),
}
