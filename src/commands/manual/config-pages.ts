import { allKeys, type ConfigKey } from '../../config/keys.js'
import { resolvePolicy } from '../../config/resolve.js'
import { configSchema } from '../../config/schema.js'
import type { AnyDetector } from '../../domain/detector.js'
import type { Page } from '../../report/manual/page.js'
import { measuresOf } from './detector-page.js'
import { KEY_COLUMNS, keyEntries } from './key-entries.js'

/** Every key of the config under its outermost one, those of each detector for themselves: `docs/config.md`. */
export function configReference(detectors: readonly AnyDetector[]): Page {
  const keys = configKeysOf(detectors)
  const defaults = defaultsOf(detectors)
  const section = sectionsOf(keys)
  const sections = [...new Set(keys.map(({ path }) => section(path)))]
  const blocks = sections.map((title) => ({
    kind: 'entries' as const,
    title,
    noun: 'key',
    columns: KEY_COLUMNS,
    entries: keyEntries(
      keys.filter(({ path }) => section(path) === title),
      defaults,
    ),
  }))
  return { title: 'Config reference', blocks }
}

/** Keys by name or path, each with those directly within it; empty where none is meant. */
export function keyPages(name: string, detectors: readonly AnyDetector[]): Page[] {
  const keys = configKeysOf(detectors)
  const defaults = defaultsOf(detectors)
  const meant = new Set(keys.filter((key) => key.name === name || key.path === name).map(({ path }) => path))
  return [...meant].map((path) => {
    const [own, ...inner] = keyEntries(
      keys.filter((key) => key.path === path || isWithin(key.path, path)),
      defaults,
    )
    const block = { kind: 'entries' as const, noun: 'key', columns: KEY_COLUMNS }
    return {
      title: null,
      blocks: [
        ...(own === undefined
          ? []
          : [{ ...block, title: null, entries: [{ ...own, name: `${own.name} (in the config)` }] }]),
        ...(inner.length === 0 ? [] : [{ ...block, title: 'Keys', entries: inner }]),
      ],
    }
  })
}

export function configKeysOf(detectors: readonly AnyDetector[]): ConfigKey[] {
  return allKeys(configSchema(detectors))
}

/** A key's section is its outermost one; below `detectors`, the detector's; those that stand alone share one. */
function sectionsOf(keys: readonly ConfigKey[]): (path: string) => string {
  const outer = (path: string) => path.replace(/(?:\[\])?\..*$/s, '')
  const shared = new Set(keys.filter(({ path }) => outer(path) !== path).map(({ path }) => outer(path)))
  return (path) => {
    const detector = /^detectors\.[^.]+/.exec(path)?.[0]
    return detector ?? (shared.has(outer(path)) ? outer(path) : 'General')
  }
}

function isWithin(path: string, outer: string): boolean {
  return [`${outer}.`, `${outer}[].`].some((start) => path.startsWith(start) && !path.slice(start.length).includes('.'))
}

/** The policy of an empty config, with each measure's own margin and role. */
function defaultsOf(detectors: readonly AnyDetector[]): object {
  const policy = resolvePolicy({}, detectors)
  const withMeasures = detectors.map((detector) => {
    const measures = measuresOf(detector)
    const margins = Object.fromEntries(measures.map(({ id, margin }) => [id, margin]))
    const roles = Object.fromEntries(measures.map(({ id, role }) => [id, role]))
    return [detector.id, { ...policy.detectors[detector.id], margins, roles }]
  })
  return { ...policy, detectors: Object.fromEntries(withMeasures) }
}
