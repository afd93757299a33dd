import { describe, expect, it } from 'vitest'
import { askedOf } from '../../../src/audit/slices/asked.js'
import { candidatesOf } from '../../../src/audit/slices/candidates.js'
import { searchSlices } from '../../../src/audit/slices/search.js'
import { testsOf } from '../../../src/audit/slices/test.js'
import type { PartialConfig } from '../../../src/config/partial.js'
import { resolvePolicy } from '../../../src/config/resolve.js'
import { taskPolicies } from '../../../src/config/tasks.js'
import { detectors } from '../../../src/detectors/index.js'
import type { Case } from '../../../src/domain/case.js'
import {
  auditCases,
  emptyObservation,
  judgeAll,
  makeCase,
  makeGraded,
  makeSample,
  mulberry32,
  observeAll,
} from '../support.js'

// Everything goes through the observation, as in the engine; seeds are the tests' own.

const scoresOnly: PartialConfig = {
  detectors: {
    'calibration-drift': { level: 'off' },
    'lost-diversity': { level: 'off' },
    'format-collapse': { level: 'off' },
    'infeasible-content': { level: 'off' },
  },
}

const scoresAndConfidences: PartialConfig = {
  detectors: { ...scoresOnly.detectors, 'calibration-drift': { level: 'error' } },
}

const CODE = 'Why does this fail?\n```python\nboat = open("harbour.txt")\nprint(boat.read())\n```'
const PROSE = 'Which harbour of the west coast has the highest tide in spring'

interface Drawn {
  readonly prompt: string
  readonly tags?: readonly string[]
  readonly domain?: string
  readonly task?: string
  readonly cluster?: string
  readonly before: boolean
  readonly after: boolean
}

function caseOf(number: number, { prompt, before, after, ...own }: Drawn): Case {
  const sample = (right: boolean) => ({ ...makeGraded(right), prompt })
  return makeCase(`case-${number}`, { baseline: [sample(before)], tuned: [sample(after)] }, own)
}

/** Right in 85 % of cases, in both arms independently, but where `breaks` says otherwise of the tuned arm. */
function drawnCases(
  count: number,
  seed: number,
  draw: (number: number, random: () => number) => Omit<Drawn, 'before' | 'after'> & { breaks?: boolean },
): Case[] {
  const random = mulberry32(seed)
  return Array.from({ length: count }, (_, number) => {
    const { breaks = false, ...own } = draw(number, random)
    const before = random() < 0.85
    const after = breaks ? random() < 0.2 : random() < 0.85
    return caseOf(number, { ...own, before, after })
  })
}

/** Prose of 4 to 60 words; code in 2 % of cases. */
function proseOrCode(number: number, random: () => number) {
  const words = Array.from({ length: 4 + Math.floor(56 * random()) }, () => 'tide').join(' ')
  const isCode = number % 50 === 7
  return { prompt: isCode ? `${words}\n${CODE}` : `${PROSE} ${words}${random() < 0.5 ? '?' : ''}`, isCode }
}

const searchOf = (cases: readonly Case[], config: PartialConfig = scoresOnly) => auditCases(cases, config).slices

describe('the search of slices', () => {
  it('names code first where only the 2 % of prompts with code break', () => {
    const cases = drawnCases(2000, 1, (number, random) => {
      const { prompt, isCode } = proseOrCode(number, random)
      return { prompt, breaks: isCode }
    })
    const { harmed, searched, minClusters } = searchOf(cases)
    expect(harmed[0]).toMatchObject({ axis: 'shape', name: 'code', cases: 40, n: 40, measure: 'score' })
    expect(harmed[0]!.change.high).toBeLessThan(-0.3)
    expect(Math.abs(harmed[0]!.rest.change.value)).toBeLessThan(0.03)
    expect(harmed[0]!.rest.n).toBe(1960)
    expect(harmed[0]!.alike).toContainEqual({ axis: 'shape', name: 'code fence', cases: 40, shared: 40 })
    expect(harmed).toHaveLength(1)
    expect(searched).toBeGreaterThan(5)
    expect(minClusters).toBe(20)
  })

  it('gives a slice the numbers that its cases have as a task of their own', () => {
    const cases = drawnCases(800, 2, (number) => ({
      prompt: PROSE,
      tags: number % 8 === 0 ? ['harbour'] : ['inland'],
      breaks: number % 8 === 0,
    }))
    const { harmed } = searchOf(cases)
    expect(harmed[0]).toMatchObject({ axis: 'tag', name: 'harbour' })
    const asTasks = cases.map((case_) => ({ ...case_, task: case_.tags[0]! }))
    const of = (task: string) =>
      auditCases(asTasks, scoresOnly).findings.find((one) => one.measure === 'score' && one.task === task)!
    for (const [slice, task] of [
      [harmed[0]!, of('harbour')],
      [harmed[0]!.rest, of('inland')],
    ] as const) {
      const { n, baseline, tuned, clusters, change } = task
      expect(slice).toMatchObject({ n, baseline, tuned, clusters, change })
    }
    expect(harmed[0]!.p).toBeGreaterThanOrEqual(of('harbour').p!)
  })

  it.each([
    ['a tag', 'tag', 'harbour', { tags: ['harbour', 'tide'] }, { tags: ['inland', 'tide'] }],
    ['a domain', 'domain', 'sailing', { domain: 'sailing' }, { domain: 'farming' }],
    ['a task', 'task', 'coast', { task: 'coast' }, { task: 'inland' }],
    ['a script', 'language', 'Cyrillic', { prompt: 'Где самый высокий прилив весной' }, {}],
    ['a table', 'shape', 'table', { prompt: `${PROSE}\n| port | tide |\n| --- | --- |\n| Cork | 4 |` }, {}],
    ['an object', 'shape', 'JSON', { prompt: `${PROSE} {"port": "Cork"}` }, {}],
  ] as const)('finds %s', (_, axis, name, broken, healthy) => {
    const cases = drawnCases(900, 3, (number) => {
      const breaks = number % 9 === 0
      return { prompt: PROSE, ...(breaks ? broken : healthy), breaks }
    })
    const { harmed } = searchOf(cases)
    expect(harmed[0]).toMatchObject({ axis, name })
    expect(harmed).toHaveLength(1)
  })

  it('finds long prompts, at the threshold where they begin to break', () => {
    const cases = drawnCases(900, 4, (_, random) => {
      const prompt = 'tide '.repeat(2 ** (1 + Math.floor(8 * random())))
      return { prompt, breaks: prompt.length >= 512 }
    })
    expect(searchOf(cases).harmed[0]).toMatchObject({ axis: 'length', name: '512 characters or more' })
  })

  it('finds prompts of several turns', () => {
    const turns = (texts: readonly string[]) =>
      texts.map((content, i) => ({ role: i % 2 === 0 ? 'user' : 'assistant', content }))
    const random = mulberry32(5)
    const cases = Array.from({ length: 600 }, (_, number) => {
      const isLong = number % 10 === 0
      const prompt = turns(isLong ? [PROSE, 'Cork', 'And in autumn'] : [PROSE])
      const sample = (rate: number) => makeSample({ correct: random() < rate, prompt })
      return makeCase(`case-${number}`, { baseline: [sample(0.9)], tuned: [sample(isLong ? 0.3 : 0.9)] })
    })
    expect(searchOf(cases).harmed[0]).toMatchObject({ axis: 'shape', name: 'several turns' })
  })

  it('names two independent faults, and neither of them twice', () => {
    const cases = drawnCases(3000, 6, (number, random) => {
      const { prompt, isCode } = proseOrCode(number, random)
      const tagged = number % 30 === 11
      return { prompt, tags: tagged ? ['harbour', 'quay'] : ['inland'], breaks: isCode || tagged }
    })
    const { harmed } = searchOf(cases)
    const names = harmed.map(({ axis, name }) => `${axis} ${name}`)
    expect(new Set(names)).toEqual(new Set(['tag harbour', 'shape code']))
    expect(harmed.find(({ axis }) => axis === 'tag')!.alike.map(({ name }) => name)).toContain('quay')
  })

  it('names a part of a slice too where it is worse than the whole', () => {
    const random = mulberry32(7)
    const cases = Array.from({ length: 2000 }, (_, number) => {
      const isCoast = number % 4 === 0
      const isQuay = number % 20 === 0
      const tags = [isCoast ? 'coast' : 'inland', ...(isQuay ? ['quay'] : [])]
      const loss = isQuay ? 0.9 : isCoast ? 0.25 : 0
      return caseOf(number, { prompt: PROSE, tags, before: true, after: random() >= loss })
    })
    expect(searchOf(cases).harmed.map(({ name }) => name)).toEqual(expect.arrayContaining(['coast', 'quay']))
  })

  it('names a slice in at most α of runs where harm is the same everywhere', { timeout: 300_000 }, () => {
    const runs = 60
    let named = 0
    for (let run = 0; run < runs; run++) {
      const cases = drawnCases(400, 1000 + run, (number, random) => ({
        prompt: PROSE,
        tags: [`port-${number % 5}`, random() < 0.5 ? 'storm' : 'calm'],
        breaks: random() < 0.4,
      }))
      const audit = auditCases(cases, scoresOnly)
      expect(audit.verdict).toBe('fail')
      expect(audit.slices.tests).toBe(7)
      if (audit.slices.harmed.length > 0) named++
    }
    expect(named / runs).toBeLessThanOrEqual(0.05 + 3 * Math.sqrt((0.05 * 0.95) / runs))
  })

  it('names nothing where a slice improves', () => {
    const random = mulberry32(9)
    const cases = Array.from({ length: 800 }, (_, number) => {
      const tags = [number % 8 === 0 ? 'harbour' : 'inland']
      return caseOf(number, {
        prompt: PROSE,
        tags,
        before: random() < 0.5,
        after: random() < (number % 8 ? 0.5 : 0.95),
      })
    })
    expect(searchOf(cases).harmed.map(({ name }) => name)).not.toContain('harbour')
  })

  it('searches no slice that is everything, nor one of fewer than 20 clusters', () => {
    const tagged = (few: number, cluster: (number: number) => string | null) =>
      drawnCases(400, 10, (number) => {
        const own = cluster(number)
        const tags = ['coast', ...(number < few ? ['quay'] : [])]
        return { prompt: PROSE, tags, ...(own === null ? {} : { cluster: own }), breaks: number < few }
      })
    expect(searchOf(tagged(19, () => null)).searched).toBe(0)
    expect(searchOf(tagged(20, () => null)).searched).toBe(1)
    expect(searchOf(tagged(60, (number) => `boat-${Math.floor(number / 4)}`)).searched).toBe(0)
    expect(searchOf(tagged(100, (number) => `boat-${Math.floor(number / 4)}`)).searched).toBe(1)
  })

  it('asks only measures that may decide', () => {
    const cases = drawnCases(400, 11, (number) => ({ prompt: PROSE, tags: [number % 4 ? 'inland' : 'coast'] }))
    const warned: PartialConfig = {
      ...scoresOnly,
      detectors: { ...scoresOnly.detectors, 'cross-task-regression': { level: 'warn' } },
    }
    expect(searchOf(cases).tests).toBe(2)
    expect(searchOf(cases, warned).tests).toBe(0)
  })

  it('never changes what is decided', () => {
    const cases = drawnCases(1000, 13, (number, random) => {
      const { prompt, isCode } = proseOrCode(number, random)
      return { prompt, breaks: isCode }
    })
    const blank = cases.map((case_) => ({
      ...case_,
      baseline: case_.baseline.map((sample) => ({ ...sample, prompt: undefined })),
      tuned: case_.tuned.map((sample) => ({ ...sample, prompt: undefined })),
    }))
    const [own, without] = [auditCases(cases), auditCases(blank)]
    expect(own.slices.harmed.length).toBeGreaterThan(0)
    expect(without.slices.searched).toBe(0)
    expect(own.findings).toEqual(without.findings)
    expect(own.verdict).toBe(without.verdict)
  })
})

describe('the order and the split of cases', () => {
  const cases = drawnCases(900, 14, (number, random) => {
    const { prompt, isCode } = proseOrCode(number, random)
    const tags = number % 9 === 0 ? ['quay', 'storm'] : ['inland']
    const cluster = number % 3 === 0 ? {} : { cluster: `boat-${Math.floor(number / 2)}` }
    return { prompt, tags, ...cluster, task: `task-${number % 3}`, breaks: isCode || number % 9 === 0 }
  })
  const whole = auditCases(cases)

  it('do not matter', () => {
    expect(whole.slices.harmed.length).toBeGreaterThan(0)
    const random = mulberry32(15)
    const shuffled = cases.map((case_) => ({ case_, rank: random() })).sort((a, b) => a.rank - b.rank)
    expect(auditCases(shuffled.map(({ case_ }) => case_))).toEqual(whole)
    const merged = emptyObservation()
    for (const part of [2, 0, 1]) merged.merge(observeAll(cases.filter((_, i) => i % 3 === part)))
    expect(judgeAll(merged)).toEqual(whole)
  })
})

describe('slices of two outputs of one model', () => {
  // Held to α and three standard errors, as error rates are elsewhere.
  const ALPHA = 0.05
  const RUNS = 300
  const atMost = ALPHA + 3 * Math.sqrt((ALPHA * (1 - ALPHA)) / RUNS)

  /** Prompts of many kinds, difficulty by kind, confidence that means something. */
  function sameModel(random: () => number, run: number): Case[] {
    return Array.from({ length: 200 }, (_, number) => {
      const { prompt } = proseOrCode(Math.floor(random() * 400), random)
      const tags = [`port-${Math.floor(6 * random())}`, random() < 0.3 ? 'storm' : 'calm']
      const difficulty = random()
      const sample = () => {
        const right = random() < 1 - difficulty / 2
        return makeSample({ correct: right, confidence: Math.round(10 * (1 - difficulty * random())) / 10, prompt })
      }
      return makeCase(
        `${run}-${number}`,
        { baseline: [sample()], tuned: [sample()] },
        { tags, task: `task-${number % 3}`, domain: random() < 0.5 ? 'coast' : 'inland' },
      )
    })
  }

  it('are named in at most α of runs, where many tests are below α before correction', { timeout: 300_000 }, () => {
    const random = mulberry32(20)
    const policy = resolvePolicy(scoresAndConfidences, detectors)
    const context = { detectors, policy, policyOf: taskPolicies(policy) }
    let named = 0
    let uncorrected = 0
    let tests = 0
    for (let run = 0; run < RUNS; run++) {
      const observation = observeAll(sameModel(random, run), scoresAndConfidences)
      const { search } = searchSlices(observation, observation.slices, context)
      const asked = askedOf(observation, context)
      const all = candidatesOf(observation.slices).flatMap((one) =>
        testsOf(one, observation.slices.all, asked, policy.alpha),
      )
      expect(search.tests).toBe(all.length)
      tests += search.tests
      if (search.harmed.length > 0) named++
      if (all.some(({ p }) => p < policy.alpha)) uncorrected++
    }
    expect(named / RUNS).toBeLessThanOrEqual(atMost)
    expect(uncorrected / RUNS).toBeGreaterThan(0.3)
    expect(tests / RUNS).toBeGreaterThan(40)
  })
})
