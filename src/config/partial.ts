import type { DeepPartial, DetectorPolicy, Level, Override, Policy, Waiver } from '../domain/policy.js'

/** A config file as its schema allows it. */
export interface ConfigFile extends Omit<PartialConfig, 'detectors' | 'overrides'> {
  readonly $schema?: string
  readonly extends?: string | readonly string[]
  readonly detectors?: DetectorEntries
  readonly overrides?: readonly (Omit<Override, 'detectors'> & { readonly detectors?: DetectorEntries })[]
}

type DetectorEntries = Readonly<Record<string, Level | DeepPartial<DetectorPolicy>>>

/** What one or several files say, in one form: a bare level stands as `{level}`. */
export type PartialConfig = DeepPartial<Omit<Policy, 'waivers'>> & { readonly waivers?: readonly WaiverEntry[] }

/** As a config says it. */
export type WaiverEntry = Omit<Waiver, 'task'> & { readonly task?: string }

/** The file's own part, without what it extends. */
export function toPartial(file: ConfigFile): PartialConfig {
  const { $schema: _schema, extends: _extends, detectors, overrides, ...rest } = file
  return {
    ...rest,
    ...(detectors && { detectors: toPolicies(detectors) }),
    ...(overrides && { overrides: overrides.map(toOverride) }),
  }
}

function toOverride(entry: NonNullable<ConfigFile['overrides']>[number]): Override {
  const { detectors, ...rest } = entry
  return { ...rest, ...(detectors && { detectors: toPolicies(detectors) }) }
}

function toPolicies(entries: DetectorEntries): Record<string, DeepPartial<DetectorPolicy>> {
  return Object.fromEntries(
    Object.entries(entries).map(([id, entry]) => [id, typeof entry === 'string' ? { level: entry } : entry]),
  )
}
