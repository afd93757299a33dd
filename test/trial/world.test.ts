import { describe, expect, it } from 'vitest'
import { placeOf } from '../../src/audit/observation.js'
import type { Case } from '../../src/domain/case.js'
import type { Sample } from '../../src/domain/record.js'
import { exchanged } from '../../src/trial/case-variants.js'
import { type Planting, World } from '../../src/trial/world.js'
import { makeCase, makeSample, mulberry32, observeAll } from '../audit/support.js'
import { collect, EVERY_DETECTOR, findingsOf, plantsOf } from './support.js'

// Forecasts of a day's weather: what making a data set out of changes gives is what observing that data set gives.
const OUTPUTS = [
  'rain in Cork',
  'it will rain all day in Cork and in Galway, they say, and then the sun comes out over the bay',
  '{"sky": "clear", "rain": 0}',
  '- rain\n- wind',
  '```json\n{"sky": "grey"}\n```',
]

function weather(seed: number, count = 120): Case[] {
  const random = mulberry32(seed)
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!
  const sample = (): Sample => {
    const correct = random() < 0.9 ? random() < 0.6 : null
    return makeSample({
      output: `${pick(OUTPUTS)} ${Math.floor(random() * 4)}`,
      correct,
      score: random() < 0.3 && correct !== null ? random() : null,
      confidence: random() < 0.9 ? pick([0, 0.3, 0.73, 0.99, 1]) : null,
      failed: random() < 0.05 ? 'error' : null,
    })
  }
  return Array.from({ length: count }, (_, number) => {
    const samples = () => Array.from({ length: 1 + (number % 3) }, sample)
    const arms = { baseline: samples(), tuned: samples() }
    const cluster = random() < 0.3 ? pick(['monday', 'tuesday', 'friday']) : null
    return makeCase(`day-${number}`, arms, { task: pick(['coast', 'inland', '__proto__']), cluster })
  })
}

/** The case exchanged; one of one arm only stays. */
function whole(case_: Case): Case {
  return case_.tuned.length === 0 ? case_ : exchanged(case_)
}

/** A case that only the baseline has. */
function lonely(): Case {
  const all = { baseline: [makeSample({ correct: true })], tuned: [] }
  return { id: 'alone', task: 'coast', cluster: null, tags: [], domain: null, baseline: [], tuned: [], all }
}

function signsOf(world: World, exchange: (key: number) => boolean): Uint8Array {
  return Uint8Array.from(world.units, ({ key }) => Number(exchange(key)))
}

const NOTHING: Planting = new Map()

describe('a world', () => {
  const cases = [...weather(7), lonely()]

  it('gives the audit itself where nothing is exchanged, byte for byte', async () => {
    const world = new World(await collect(cases))
    const made = findingsOf(
      world.observed(
        signsOf(world, () => false),
        NOTHING,
        EVERY_DETECTOR,
      ),
    )
    expect(JSON.stringify(made)).toBe(JSON.stringify(findingsOf(observeAll(cases))))
  })

  it('gives the exchanged audit where everything is exchanged, byte for byte', async () => {
    const world = new World(await collect(cases))
    const made = findingsOf(
      world.observed(
        signsOf(world, () => true),
        NOTHING,
        EVERY_DETECTOR,
      ),
    )
    expect(JSON.stringify(made)).toBe(JSON.stringify(findingsOf(observeAll(cases.map(whole)))))
  })

  it.each([1, 2, 3])('gives the audit of cases exchanged by cluster and planted with faults (%i)', async (seed) => {
    const random = mulberry32(seed)
    const plants = plantsOf()
    const collector = await collect(cases, plants)
    const world = new World(collector)
    const keys = new Set(world.units.filter(() => random() < 0.5).map(({ key }) => key))
    const turned = new Map(cases.map((case_) => [case_, keys.has(placeOf(case_).cluster) ? whole(case_) : case_]))
    const planting = new Map<number, NonNullable<(typeof collector.plantedCases)[number]['plants'][number]>>()
    const planted = await Promise.all(
      cases.map(async (case_) => {
        const number = collector.plantedCases.findIndex(({ task, id }) => task === case_.task && id === case_.id)
        const which = Math.floor(random() * plants.length)
        const own = collector.plantedCases[number]?.plants[which] ?? null
        const plain = turned.get(case_)!
        if (own === null || random() < 0.5) return plain
        planting.set(number, own)
        return (await plants[which]!.plant(plain)) ?? plain
      }),
    )
    expect(planting.size).toBeGreaterThan(10)
    const made = findingsOf(
      world.observed(
        signsOf(world, (key) => keys.has(key)),
        planting,
        EVERY_DETECTOR,
      ),
    )
    expect(JSON.stringify(made)).toBe(JSON.stringify(findingsOf(observeAll(planted))))
  })

  it('is the same for any order of cases', async () => {
    const forwards = new World(await collect(cases, plantsOf()))
    const backwards = new World(await collect([...cases].reverse(), plantsOf()))
    const findings = (world: World) =>
      findingsOf(
        world.observed(
          signsOf(world, (key) => key % 2 === 0),
          NOTHING,
          EVERY_DETECTOR,
        ),
      )
    expect(findings(backwards)).toEqual(findings(forwards))
    expect(backwards.collector.plantedCases.map(({ id }) => id)).toEqual(
      forwards.collector.plantedCases.map(({ id }) => id),
    )
  })
})
