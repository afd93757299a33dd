import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { PartialConfig } from '../../src/config/partial.js'
import { resolvePolicy } from '../../src/config/resolve.js'
import { detectors } from '../../src/detectors/index.js'
import type { PerArm } from '../../src/domain/record.js'
import type { Report } from '../../src/domain/report.js'
import { audit } from '../../src/engine/audit.js'
import { type Conversion, convert } from '../../src/engine/convert.js'
import { inspect } from '../../src/engine/inspect.js'
import { WRITERS } from '../../src/input/writers/index.js'

/** fixtures/formats: a folder each, with what must be read from it. */
export const FORMATS = join(import.meta.dirname, '../../fixtures/formats')

export interface Expected {
  readonly expected: Readonly<Record<string, unknown>>
  readonly score?: string
  readonly provider?: string
}

export const folders = readdirSync(FORMATS).filter((name) => existsSync(join(FORMATS, name, 'expected.json')))

export function expectedOf(folder: string): PerArm<Expected> {
  return JSON.parse(readFileSync(join(FORMATS, folder, 'expected.json'), 'utf8'))
}

const nothing = () => Readable.from([])

export function inspected(path: string, { cwd = FORMATS, provider = null as string | null } = {}) {
  return inspect({ paths: [path], cwd, stdin: nothing(), policy: resolvePolicy({}, detectors), provider })
}

export function inspectedText(text: string) {
  const stdin = Readable.from([Buffer.from(text)])
  return inspect({ paths: ['-'], cwd: '.', stdin, policy: resolvePolicy({}, detectors) })
}

export interface Converted extends Conversion {
  readonly text: string
}

/** A log as a writer writes it. */
export async function converted(
  path: string,
  to: string,
  { cwd = FORMATS, provider = null as string | null, fields = undefined as Record<string, string> | undefined } = {},
): Promise<Converted> {
  const parts: string[] = []
  const policy = resolvePolicy({}, detectors, { fields })
  const writer = WRITERS.find(({ id }) => id === to)!
  const request = { paths: [path], cwd, stdin: nothing(), policy, provider }
  const done = await convert(request, writer, async (text) => void parts.push(text))
  return { ...done, text: parts.join('') }
}

/** A report of two logs. */
export async function audited(
  paths: PerArm<string>,
  { cwd = FORMATS, config = {} as PartialConfig, arms = null as PerArm<Expected> | null } = {},
): Promise<Report> {
  const policy = resolvePolicy({ ...config, pairing: { minCoverage: 0.5, ...config.pairing } }, detectors, {
    scoreName: arms?.baseline.score,
    baselineProvider: arms?.baseline.provider,
    tunedProvider: arms?.tuned.provider,
  })
  const { report } = await audit({
    paths: { baseline: [paths.baseline], tuned: [paths.tuned] },
    labels: null,
    cwd,
    stdin: nothing(),
    policy,
    detectors,
    version: '0',
  })
  return report
}
