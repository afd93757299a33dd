import { configSchema } from '../config/schema.js'
import { detectors } from '../detectors/index.js'
import { blessingSchema } from '../report/blessing-schema.js'
import { comparisonSchema } from '../report/comparison/schema.js'
import { planSchema } from '../report/plan/schema.js'
import { reportSchema } from '../report/schema.js'
import { selftestSchema } from '../report/selftest/schema.js'
import { trendSchema } from '../report/trend/schema.js'
import type { CommandContext } from './context.js'
import { choice } from './values.js'

const SCHEMAS = {
  report: () => reportSchema,
  plan: () => planSchema,
  config: () => configSchema(detectors),
  selftest: () => selftestSchema,
  trend: () => trendSchema,
  comparison: () => comparisonSchema,
  blessing: () => blessingSchema,
} as const

export type SchemaName = keyof typeof SCHEMAS

export const SCHEMA_NAMES = Object.keys(SCHEMAS) as SchemaName[]

/** `tuneaudit schema <name>`: the published JSON Schemas. */
export function schemaCommand(name: string, { out }: CommandContext): number {
  out(schemaText(choice('schema', name, SCHEMA_NAMES)))
  return 0
}

/** As the package holds it, `tuneaudit/<name>.schema.json`. */
export function schemaText(name: SchemaName): string {
  return `${JSON.stringify(SCHEMAS[name](), null, 2)}\n`
}
