import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Observation, observationCodec } from '../../src/audit/observation.js'
import { configFromText } from '../../src/config/load.js'
import type { PartialConfig } from '../../src/config/partial.js'
import { detectors } from '../../src/detectors/index.js'
import type { Case } from '../../src/domain/case.js'
import type { Finding } from '../../src/domain/finding.js'
import type { Sample } from '../../src/domain/record.js'
import {
  auditCases,
  emptyObservation,
  exchanged,
  judgeAll,
  makeCase,
  makeSample,
  observeAll,
} from '../audit/support.js'

// Laws that hold for every detector in the registry, on random cases and on every fixture.
const FIXTURES = resolve(import.meta.dirname, '../../fixtures/detectors')

/** The only deciding measures that an exchange of the arms need not negate, each with an unbiased noise floor. */
const WITH_NOISE_FLOOR = new Set(['excess-negative-flips'])

const sample = fc
  .record({
    output: fc.constantFrom('the answer is 42', 'it rains', 'it rains all day in Cork', 'no'),
    failed: fc.constantFrom(null, null, null, null, 'error' as const, 'empty' as const),
    score: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { freq: 3 }),
    correct: fc.option(fc.boolean(), { freq: 9 }),
    confidence: fc.option(fc.constantFrom(0, 0.1, 0.25, 0.5, 0.73, 0.9, 0.99, 1), { freq: 6 }),
  })
  .map((given): Sample => makeSample(given))

const cases = fc
  .array(
    fc.record({
      task: fc.constantFrom('coast', 'inland', '__proto__'),
      cluster: fc.option(fc.constantFrom('monday', 'tuesday', 'wednesday'), { freq: 4 }),
      baseline: fc.array(sample, { maxLength: 3 }),
      tuned: fc.array(sample, { maxLength: 3 }),
      tags: fc.subarray(['gale', 'harbour', 'tide']),
      domain: fc.constantFrom(null, 'forecast'),
      prompt: fc.constantFrom(undefined, 'Will it rain?', 'Где дождь', 'def rain():\n  return 1'),
    }),
    { minLength: 1, maxLength: 60 },
  )
  // Some cases are of one arm alone; none is of neither.
  .map((drawn) => drawn.filter(({ baseline, tuned }) => baseline.length + tuned.length > 0))
  .map((drawn) =>
    drawn.map(({ baseline, tuned, prompt, ...own }, n) => {
      const asked = (samples: readonly Sample[]) => samples.map((one) => ({ ...one, prompt }))
      return makeCase(`case-${n}`, { baseline: asked(baseline), tuned: asked(tuned) }, own)
    }),
  )

const RUNS = { numRuns: 60, seed: 20_261 }

const merged = (parts: readonly (readonly Case[])[], config: PartialConfig = {}): Observation => {
  const total = emptyObservation(config)
  for (const part of parts) total.merge(observeAll(part, config))
  return total
}

/** Each part's tallies as they come back from a file. */
const mergedFromFiles = (parts: readonly (readonly Case[])[], config: PartialConfig = {}): Observation => {
  const codec = observationCodec(() => emptyObservation(config))
  const total = emptyObservation(config)
  for (const part of parts) {
    const written = JSON.stringify(codec.write(observeAll(part, config)))
    const read = codec.read(JSON.parse(written))
    expect(JSON.stringify(codec.write(read))).toBe(written)
    total.merge(read)
  }
  return total
}

describe('every detector', () => {
  it('finds the same for any order of cases', () => {
    fc.assert(
      fc.property(cases, fc.infiniteStream(fc.nat()), (drawn, ranks) => {
        const shuffled = drawn.map((case_) => ({ case_, rank: ranks.next().value })).sort((a, b) => a.rank - b.rank)
        expect(auditCases(shuffled.map(({ case_ }) => case_))).toEqual(auditCases(drawn))
      }),
      RUNS,
    )
  })

  it('finds the same for any split of cases into shards, merged in any order', () => {
    fc.assert(
      fc.property(
        cases,
        fc.array(fc.nat(3), { minLength: 60, maxLength: 60 }),
        fc.boolean(),
        (drawn, shards, backwards) => {
          const parts = [0, 1, 2, 3].map((shard) => drawn.filter((_, i) => shards[i] === shard))
          if (backwards) parts.reverse()
          expect(judgeAll(merged(parts))).toEqual(auditCases(drawn))
        },
      ),
      RUNS,
    )
  })

  it('finds the same, examples too, when the tallies of shards are written and read before they are merged', () => {
    fc.assert(
      fc.property(cases, fc.array(fc.nat(2), { minLength: 60, maxLength: 60 }), (drawn, shards) => {
        const parts = [0, 1, 2].map((shard) => drawn.filter((_, i) => shards[i] === shard))
        expect(judgeAll(mergedFromFiles(parts), {}, true)).toEqual(judgeAll(observeAll(drawn), {}, true))
      }),
      RUNS,
    )
  })

  // Undeclared, the baseline decides which tasks are pooled, so that an exchange may pool others.
  it.each(['chat', 'code'])(
    'turns each deciding change into minus itself when the arms are exchanged (%s)',
    (domain) => {
      const declared: PartialConfig = { detectors: { 'lost-diversity': { options: { domain } } } }
      fc.assert(
        fc.property(cases, (drawn) => {
          expectNegated(auditCases(drawn, declared).findings, auditCases(drawn.map(exchanged), declared).findings)
        }),
        RUNS,
      )
    },
  )

  it('gives one pooled finding for each measure, in order, whatever was read', () => {
    fc.assert(
      fc.property(cases, (drawn) => {
        const { findings } = auditCases(drawn)
        const pooled = findings
          .filter(({ task }) => task === null)
          .map(({ detector, measure }) => `${detector} ${measure}`)
        const known = detectors.flatMap((detector) =>
          detector.prepare(detector.defaults).measures.map(({ id }) => `${detector.id} ${id}`),
        )
        expect(pooled).toEqual(known.sort())
      }),
      RUNS,
    )
  })

  it.each(detectors.map((detector) => [detector.id, detector] as const))('%s explains itself', (_, detector) => {
    const { why, how, limits, sources } = detector.docs
    for (const text of [detector.title, why, how, limits]) expect(text.length).toBeGreaterThan(10)
    expect(sources.length).toBeGreaterThan(0)
  })
})

/** Every measure that may decide: its role comes from the baseline, so roles may differ after the exchange. */
function expectNegated(there: readonly Finding[], back: readonly Finding[]): void {
  for (const finding of there) {
    const twin = back.find((other) => other.measure === finding.measure && other.task === finding.task)
    if (finding.margin === null || WITH_NOISE_FLOOR.has(finding.measure)) continue
    expect(twin, `${finding.measure} on ${finding.task}`).toBeDefined()
    expect(twin!.change === null).toBe(finding.change === null)
    if (finding.change === null) continue
    expect(twin!.change!.value + finding.change.value).toBe(0)
    expect([twin!.baseline, twin!.tuned]).toEqual([finding.tuned, finding.baseline])
  }
}

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

  it.each(['clean', 'drifted', 'tiny'] as const)('%s gives the same from tallies of three shards', (kind) => {
    const pairs = pairsOf(detector, kind)
    const parts = [0, 1, 2].map((shard) => pairs.filter((_, i) => i % 3 === shard))
    const whole = judgeAll(merged([pairs], only), only, true)
    expect(judgeAll(mergedFromFiles(parts, only), only, true)).toEqual(whole)
  })

  it.each(['clean', 'drifted', 'tiny'] as const)('%s is negated by an exchange of the arms', (kind) => {
    expectNegated(
      auditCases(pairsOf(detector, kind), only).findings,
      auditCases(pairsOf(detector, kind).map(exchanged), only).findings,
    )
  })
})

it('fixtures hold a folder for every detector and nothing else', () => {
  const folders = readdirSync(FIXTURES, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  expect(folders.map(({ name }) => name).sort()).toEqual(detectors.map(({ id }) => id).sort())
})
