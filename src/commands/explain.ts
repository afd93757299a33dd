import { type ConfigKey, configKeys } from '../config/keys.js'
import { configSchema } from '../config/schema.js'
import { detectors as ours } from '../detectors/index.js'
import type { AnyDetector } from '../domain/detector.js'
import type { Measure } from '../domain/measure.js'
import { nearest } from '../domain/nearest.js'
import { AuditError } from '../domain/problem.js'
import { wrap } from '../report/wrap.js'
import type { CommandContext } from './context.js'
import { detectorsOf, type PolicyFlags } from './policy.js'

/** As commander gives them. */
export type ExplainFlags = Pick<PolicyFlags, 'config' | 'exec'>

/** `tuneaudit explain [detector|measure|config key]`. Throws AuditError `unknown-name`. */
export async function explainCommand(
  name: string | undefined,
  flags: ExplainFlags,
  context: CommandContext,
): Promise<number> {
  const own = name === undefined ? null : explained(name, ours)
  const detectors = own === null ? await detectorsOf(flags, context) : ours
  context.out(
    name === undefined ? overview(detectors) : (own ?? explained(name, detectors) ?? unknown(name, detectors)),
  )
  return 0
}

function overview(detectors: readonly AnyDetector[]): string {
  const lines = detectors.flatMap((detector) => [
    `${detector.id}: ${detector.title}`,
    ...measuresOf(detector).map((measure) => `  ${measure.id.padEnd(28)} ${measure.title}`),
  ])
  return `${lines.join('\n')}\n\ntuneaudit explain <detector|measure> says more.\n`
}

function measuresOf(detector: AnyDetector): readonly Measure[] {
  return detector.prepare(detector.described ?? detector.defaults).measures
}

/** Null where there is nothing of the name. */
function explained(name: string, detectors: readonly AnyDetector[]): string | null {
  const detector = detectors.find(({ id }) => id === name)
  if (detector !== undefined) return explainDetector(detector)
  for (const owner of detectors) {
    const measure = measuresOf(owner).find(({ id }) => id === name)
    if (measure !== undefined) return explainMeasure(measure, owner)
  }
  const meant = configKeys(configSchema(detectors)).filter((key) => key.name === name || key.path === name)
  return meant.length > 0 ? explainKeys(meant) : null
}

function unknown(name: string, detectors: readonly AnyDetector[]): never {
  const keys = configKeys(configSchema(detectors))
  const known = detectors.flatMap((each) => [each.id, ...measuresOf(each).map(({ id }) => id)])
  throw new AuditError({
    code: 'unknown-name',
    what: 'detector, measure or config key',
    name,
    nearest: nearest(name, [...known, ...keys.map((key) => key.name)]),
    known,
  })
}

/** Where a key of the config stands and what it takes; one that several detectors have, once for each. */
function explainKeys(keys: readonly ConfigKey[]): string {
  const parts = keys.map(({ path, schema }) =>
    [`${path} (in the config)`, ...wrap(describe(schema), { first: '  ', rest: '  ' }), ...innerKeys(schema)].join(
      '\n',
    ),
  )
  return `${parts.join('\n\n')}\n`
}

function innerKeys(schema: object): string[] {
  const names = configKeys(schema).filter(({ path }) => !path.includes('.'))
  if (names.length === 0) return []
  return wrap(`Keys: ${names.map(({ name }) => name).join(', ')}.`, { first: '  ', rest: '  ' })
}

function explainDetector(detector: AnyDetector): string {
  const { id, title, version, docs, options, defaults } = detector
  return `${[
    `${id} (version ${version}): ${title}`,
    paragraph(`Why. ${docs.why}`),
    paragraph(`How. ${docs.how}`),
    paragraph(`Limits. ${docs.limits}`),
    ['Measures.', ...measuresOf(detector).map(measureLine)].join('\n'),
    optionText(options, defaults),
    sourceText(detector),
  ].join('\n\n')}\n`
}

function paragraph(text: string): string {
  return wrap(text).join('\n')
}

function sourceText({ docs }: AnyDetector): string {
  const lines = docs.sources.flatMap(({ title, where }) => wrap(`  ${title} (${where})`, { rest: '    ' }))
  return ['Sources.', ...lines].join('\n')
}

function measureLine(measure: Measure): string {
  const margin = measure.margin === null ? '' : `, margin ${measure.margin}`
  return `  ${measure.id.padEnd(28)} ${measure.role}${margin}${measure.worse === null ? '' : `, worse when ${measure.worse}`}`
}

function optionText(options: object, defaults: unknown): string {
  const properties = 'properties' in options && typeof options.properties === 'object' ? options.properties : null
  const lines = Object.entries(properties ?? {}).map(([name, schema]) => `  ${name}: ${describe(schema)}`)
  if (lines.length === 0) return 'Options. None.'
  return ['Options.', ...lines, `  Defaults: ${JSON.stringify(defaults)}`].join('\n')
}

function describe(schema: unknown): string {
  const known = typeof schema === 'object' && schema !== null && 'description' in schema
  return known ? String(schema.description) : JSON.stringify(schema)
}

function intervalOf({ interval, discordance }: Measure): string {
  if (interval === 'none') return 'none: a point estimate'
  const jackknife = 'jackknife over 128 buckets of cases'
  return discordance === undefined ? jackknife : `${jackknife}; one yes-or-no a case: Tango, mid-p McNemar`
}

function explainMeasure(measure: Measure, detector: AnyDetector): string {
  return `${[
    `${measure.id} (of ${detector.id}): ${measure.title}`,
    [
      `  unit       ${measure.unit}`,
      `  worse      ${measure.worse ?? 'neither'}`,
      `  role       ${measure.role}`,
      `  margin     ${measure.margin ?? 'none'}`,
      `  needs      ${measure.needs.length === 0 ? 'outputs alone' : measure.needs.join(', ')}`,
      `  interval   ${intervalOf(measure)}`,
    ].join('\n'),
    paragraph(`Why. ${detector.docs.why}`),
    paragraph(`How. ${detector.docs.how}`),
    paragraph(`Limits. ${detector.docs.limits}`),
    sourceText(detector),
    ...(measure.margin === null
      ? []
      : [
          `Another margin: --margin ${measure.id}=<value>, or in the config detectors: {${detector.id}: {margins: {${measure.id}: <value>}}}.`,
        ]),
  ].join('\n\n')}\n`
}
