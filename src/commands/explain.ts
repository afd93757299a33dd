import { detectors } from '../detectors/index.js'
import { nearest } from '../domain/nearest.js'
import { AuditError } from '../domain/problem.js'
import type { Page } from '../report/manual/page.js'
import { manualText } from '../report/manual/text.js'
import type { CommandContext } from './context.js'
import { configKeysOf, keyPages } from './manual/config-pages.js'
import { detectorPage, measurePage, measuresOf } from './manual/detector-page.js'

/** `tuneaudit explain [detector|measure|config key]`. Throws AuditError `unknown-name`. */
export function explainCommand(name: string | undefined, { out }: CommandContext): number {
  out(name === undefined ? overview() : pagesOf(name).map(manualText).join('\n'))
  return 0
}

function overview(): string {
  const lines = detectors.flatMap((detector) => [
    `${detector.id}: ${detector.title}`,
    ...measuresOf(detector).map((measure) => `  ${measure.id.padEnd(28)} ${measure.title}`),
  ])
  return `${lines.join('\n')}\n\ntuneaudit explain <detector|measure> says more.\n`
}

/** Of a key that several parts of the config have, one page for each. */
function pagesOf(name: string): Page[] {
  const detector = detectors.find(({ id }) => id === name)
  if (detector !== undefined) return [detectorPage(detector)]
  for (const owner of detectors) {
    const measure = measuresOf(owner).find(({ id }) => id === name)
    if (measure !== undefined) return [measurePage(measure, owner)]
  }
  const pages = keyPages(name, detectors)
  if (pages.length > 0) return pages
  throw unknown(name)
}

function unknown(name: string): AuditError {
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
