import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { configFromText } from '../../src/config/load.js'
import type { PartialConfig } from '../../src/config/partial.js'
import { detectors } from '../../src/detectors/index.js'
import type { Case } from '../../src/domain/case.js'
import type { Sample } from '../../src/domain/record.js'
import { type CheckRequest, checkDetector, LAW_NAMES } from '../../src/testing/index.js'
import { auditCases, makeCase, makeSample } from '../audit/support.js'

// Laws that hold for every detector in the registry, on random cases and on every fixture: those of plugins, too.
const FIXTURES = resolve(import.meta.dirname, '../../fixtures/detectors')

type Options = NonNullable<CheckRequest['options']>

/** Options under which laws are tried: undeclared, the baseline decides what is expected of a task, or which are pooled. */
const OPTIONS: Readonly<Record<string, readonly Options[]>> = {
  'format-collapse': [{ format: 'free' }, { format: 'prose' }],
  'lost-diversity': [{ domain: 'chat' }, { domain: 'code' }],
}

const trials = detectors.flatMap((detector) =>
  (OPTIONS[detector.id] ?? [{}]).flatMap((options) =>
    LAW_NAMES.map((law) => ({ id: detector.id, law, options, detector })),
  ),
)

describe('every detector', () => {
  it.each(trials)('$id obeys the law of $law ($options)', ({ detector, law, options }) => {
    checkDetector(detector, { options, laws: [law] })
  })

  it.each(detectors.filter(({ id }) => id in OPTIONS))('$id obeys the laws under its defaults too', (detector) => {
    checkDetector(detector, { laws: LAW_NAMES.filter((law) => law !== 'exchange') })
  })

  it.each(detectors.map((detector) => [detector.id, detector] as const))('%s explains itself', (_, detector) => {
    const { why, how, limits, sources } = detector.docs
    for (const text of [detector.title, why, how, limits]) expect(text.length).toBeGreaterThan(10)
    expect(sources.length).toBeGreaterThan(0)
  })
})

interface Line {
  readonly id: string
  readonly task: string
  readonly output: string
  readonly correct?: boolean
  readonly confidence?: number
}

const read = (detector: string, kind: string, arm: string): Line[] => {
  const text = readFileSync(join(FIXTURES, detector, kind, `${arm}.jsonl`), 'utf8')
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

const sampleOf = (line: Line): Sample =>
  makeSample({
    output: line.output,
    correct: line.correct ?? null,
    confidence: line.confidence ?? null,
    raw: { ...line },
  })

const pairsOf = (detector: string, kind: string): Case[] => {
  const samples = (arm: string) => {
    const byId = new Map<string, Line[]>()
    for (const line of read(detector, kind, arm)) byId.set(line.id, [...(byId.get(line.id) ?? []), line])
    return byId
  }
  const tuned = samples('tuned')
  return [...samples('baseline')].map(([id, before]) =>
    makeCase(id, { baseline: before.map(sampleOf), tuned: tuned.get(id)!.map(sampleOf) }, { task: before[0]!.task }),
  )
}

/** What the fixture's own config declares, where it has one. */
const declared = (detector: string): PartialConfig => {
  const config = join(FIXTURES, detector, 'tuneaudit.config.yaml')
  return existsSync(config)
    ? configFromText(config, readFileSync(config, 'utf8'), { detectors, cwd: '', today: '2026-01-01' })
    : {}
}

const others = (detector: string) =>
  Object.fromEntries(detectors.filter(({ id }) => id !== detector).map(({ id }) => [id, { level: 'off' as const }]))

const EXPECTED = { clean: ['pass'], drifted: ['fail'], tiny: ['inconclusive'] } as const

describe.each(detectors.map(({ id }) => id))('the fixtures of %s', (detector) => {
  const only = { ...declared(detector), detectors: { ...others(detector), ...declared(detector).detectors } }

  it.each(['clean', 'drifted', 'tiny'] as const)('%s gets the verdict that it was made for', (kind) => {
    expect(existsSync(join(FIXTURES, detector, kind))).toBe(true)
    const { verdict, findings } = auditCases(pairsOf(detector, kind), only)
    expect(EXPECTED[kind]).toContain(verdict)
    if (kind !== 'drifted') expect(findings.filter(({ status }) => status === 'fail')).toEqual([])
  })

  it.each(['clean', 'drifted', 'tiny'] as const)('%s obeys every law', (kind) => {
    const options: Options = JSON.parse(JSON.stringify(declared(detector).detectors?.[detector]?.options ?? {}))
    const cases = pairsOf(detector, kind)
    checkDetector(
      detectors.find(({ id }) => id === detector),
      { options, cases, runs: 0 },
    )
  })
})

it('fixtures hold a folder for every detector and nothing else', () => {
  const folders = readdirSync(FIXTURES, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  expect(folders.map(({ name }) => name).sort()).toEqual(detectors.map(({ id }) => id).sort())
})
