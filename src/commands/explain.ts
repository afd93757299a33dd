import { detectors as ours } from '../detectors/index.js'
import type { AnyDetector } from '../domain/detector.js'
import { nearest } from '../domain/nearest.js'
import { AuditError } from '../domain/problem.js'
import type { Page } from '../report/manual/page.js'
import { manualText } from '../report/manual/text.js'
import type { CommandContext } from './context.js'
import { configKeysOf, keyPages } from './manual/config-pages.js'
import { detectorPage, measurePage, measuresOf } from './manual/detector-page.js'
import { detectorsOf, type PolicyFlags } from './policy.js'

/** As commander gives them. */
export type ExplainFlags = Pick<PolicyFlags, 'config' | 'exec'>

/** `tuneaudit explain [detector|measure|config key]`. Throws AuditError `unknown-name`. */
export async function explainCommand(
  name: string | undefined,
  flags: ExplainFlags,
  context: CommandContext,
): Promise<number> {
  context.out(name === undefined ? overview(await detectorsOf(flags, context)) : await explained(name, flags, context))
  return 0
}

/** A config's plugins are asked only for what is not our own. */
async function explained(name: string, flags: ExplainFlags, context: CommandContext): Promise<string> {
  const own = pagesOf(name, ours)
  if (own.length > 0) return own.map(manualText).join('\n')
  const detectors = await detectorsOf(flags, context)
  const pages = pagesOf(name, detectors)
  if (pages.length === 0) throw unknown(name, detectors)
  return pages.map(manualText).join('\n')
}

function overview(detectors: readonly AnyDetector[]): string {
  const lines = detectors.flatMap((detector) => [
    `${detector.id}: ${detector.title}`,
    ...measuresOf(detector).map((measure) => `  ${measure.id.padEnd(28)} ${measure.title}`),
  ])
  return `${lines.join('\n')}\n\ntuneaudit explain <detector|measure> says more.\n`
}

/** Of a key that several parts of the config have, one page for each; none where there is nothing of the name. */
function pagesOf(name: string, detectors: readonly AnyDetector[]): Page[] {
  const detector = detectors.find(({ id }) => id === name)
  if (detector !== undefined) return [detectorPage(detector)]
  for (const owner of detectors) {
    const measure = measuresOf(owner).find(({ id }) => id === name)
    if (measure !== undefined) return [measurePage(measure, owner)]
  }
  return keyPages(name, detectors)
}

function unknown(name: string, detectors: readonly AnyDetector[]): AuditError {
  const known = detectors.flatMap((each) => [each.id, ...measuresOf(each).map(({ id }) => id)])
  const keys = configKeysOf(detectors).map((key) => key.name)
  return new AuditError({
    code: 'unknown-name',
    what: 'detector, measure or config key',
    name,
    nearest: nearest(name, [...known, ...keys]),
    known,
  })
}
