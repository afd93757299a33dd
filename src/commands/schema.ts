import { configSchema } from '../config/schema.js'
import { detectors as ours } from '../detectors/index.js'
import type { AnyDetector } from '../domain/detector.js'
import { blessingSchema } from '../report/blessing-schema.js'
import { comparisonSchema } from '../report/comparison/schema.js'
import { planSchema } from '../report/plan/schema.js'
import { reportSchema } from '../report/schema.js'
import { selftestSchema } from '../report/selftest/schema.js'
import { trendSchema } from '../report/trend/schema.js'
import type { CommandContext } from './context.js'
import { detectorsOf, type PolicyFlags } from './policy.js'
import { choice } from './values.js'

const SCHEMAS = {
  report: () => reportSchema,
  plan: () => planSchema,
  config: (detectors: readonly AnyDetector[]) => configSchema(detectors),
  selftest: () => selftestSchema,
  trend: () => trendSchema,
  comparison: () => comparisonSchema,
  blessing: () => blessingSchema,
} as const

export type SchemaName = keyof typeof SCHEMAS

export const SCHEMA_NAMES = Object.keys(SCHEMAS) as SchemaName[]

/** `tuneaudit schema <name>`: the published JSON Schemas. */
export async function schemaCommand(
  which: string,
  flags: Pick<PolicyFlags, 'config' | 'exec'>,
  context: CommandContext,
): Promise<number> {
  const name = choice('schema', which, SCHEMA_NAMES)
  // Only a config that is named: the published schema is the same in every folder.
  const detectors = name === 'config' && flags.config !== undefined ? await detectorsOf(flags, context) : ours
  context.out(schemaText(name, detectors))
  return 0
}

/** As the package holds it, `tuneaudit/<name>.schema.json`. */
export function schemaText(name: SchemaName, detectors: readonly AnyDetector[] = ours): string {
  return `${JSON.stringify(SCHEMAS[name](detectors), null, 2)}\n`
}
