import { describe, expect, it } from 'vitest'
import type { PartialConfig } from '../../../src/config/partial.js'
import type { Case } from '../../../src/domain/case.js'
import type { Json } from '../../../src/domain/json.js'
import type { Sample } from '../../../src/domain/record.js'
import { auditCases, findingOf, judgeAll, makeCase, makeSample, mulberry32, observeAll } from '../../audit/support.js'

const settings = (options: object): PartialConfig => ({
  detectors: { 'lost-diversity': { options: options as Record<string, Json> } },
})
const chat = settings({ domain: 'chat' })
const code = settings({ domain: 'code' })

const DISHES = ['lentil soup with lemon', 'fried rice and peas', 'a tart of red onions', 'potato cakes, sour cream']
const say = (output: string, given: Partial<Sample> = {}) =>
  makeSample({ output, prompt: 'What shall I cook?', ...given })
const repeated = (outputs: readonly string[], given: Partial<Sample> = {}) =>
  outputs.map((output) => say(output, given))
const cases = (n: number, of: (i: number) => Case) => Array.from({ length: n }, (_, i) => of(i))

/** Four samples each: all distinct before, `after` afterwards. */
const dinner = (i: number, after: readonly string[]) =>
  makeCase(`dinner-${i}`, { baseline: repeated(DISHES), tuned: repeated(after) })

describe('distinct-answers', () => {
  it('is the share of samples that are no near-duplicate of an earlier one', () => {
    const same = Array.from({ length: 4 }, () => DISHES[0]!)
    const audit = auditCases(
      cases(60, (i) => dinner(i, same)),
      chat,
    )
    expect(findingOf(audit, 'distinct-answers')).toMatchObject({ baseline: 1, tuned: 0.25, status: 'fail', n: 60 })
    expect(findingOf(audit, 'pairwise-similarity')).toMatchObject({ tuned: 1, status: 'fail' })
    // Four samples that are alike are one; four that share no word are four: exact identities of the Vendi score.
    const vendi = findingOf(audit, 'vendi-score')
    expect(vendi.tuned).toBeCloseTo(1, 12)
    expect(vendi.baseline).toBeGreaterThan(3.9)
  })

  it('counts an output that failed as no answer', () => {
    const failing = DISHES.map((dish, i) => (i < 2 ? say(dish) : say('', { failed: 'empty' })))
    const audit = auditCases(
      cases(60, (i) => makeCase(`${i}`, { baseline: repeated(DISHES), tuned: failing })),
      chat,
    )
    expect(findingOf(audit, 'distinct-answers')).toMatchObject({ baseline: 1, tuned: 0.5 })
    // Of six pairs five hold an output that failed; the sixth has no word in common.
    expect(findingOf(audit, 'pairwise-similarity').tuned).toBeCloseTo(5 / 6, 2)
  })

  it('asks for no more cases than the sample holds', () => {
    const random = mulberry32(20_263)
    const drawn = () => Array.from({ length: 4 }, () => DISHES[Math.floor(random() * 4)]!)
    const noisy = cases(300, (i) => makeCase(`${i}`, { baseline: repeated(drawn()), tuned: repeated(drawn()) }))
    const needed = (margin: number) => {
      const detector = { options: { domain: 'chat' }, margins: { 'distinct-answers': margin } }
      const audit = auditCases(noisy, { detectors: { 'lost-diversity': detector } })
      return findingOf(audit, 'distinct-answers').casesNeeded!.toPass
    }
    expect(needed(0.1)).toBeLessThanOrEqual(512)
    expect(needed(0.005)).toBeNull()
  })

  it('is not measured without repeats', () => {
    const audit = auditCases(
      cases(40, (i) => makeCase(`${i}`, { baseline: [say('soup')], tuned: [say('soup')] })),
      chat,
    )
    const reason = { code: 'missing-field', needs: ['repeats'] }
    expect(findingOf(audit, 'distinct-answers')).toMatchObject({ status: 'unmeasured', reason })
  })

  it('shows a prompt whose samples became one, whatever the order of the cases', () => {
    const drawn = cases(700, (i) => dinner(i, i === 77 ? Array.from({ length: 4 }, () => 'soup') : DISHES))
    const examples = (order: readonly Case[]) => {
      const { findings } = auditCasesWithExamples(order)
      return findings.find(({ measure }) => measure === 'distinct-answers')!.examples
    }
    expect(examples(drawn.toReversed())).toEqual(examples(drawn))
    const inSample = examples(drawn).map(({ id, detail }) => [id, detail])
    // Case 77 is shown if it is among the 512 that are kept; either way nothing else is.
    expect([[], [['dinner-77', 'of 4 samples 4 were distinct, now 1']]]).toContainEqual(inSample)
  })

  function auditCasesWithExamples(order: readonly Case[]) {
    return judgeAll(observeAll(order, chat), chat, true)
  }
})

describe('length', () => {
  it('is no confound: texts are cut to the shorter arm, and details say what whole texts give', () => {
    // Every story begins alike and differs after forty words; the tuned arm stops before.
    const start = 'once there was a miller who had three sons and a donkey and a cat and little else '.repeat(3)
    const ends = DISHES.map((dish) => start + `${dish} `.repeat(20))
    const audit = auditCases(
      cases(50, (i) => makeCase(`${i}`, { baseline: repeated(ends), tuned: repeated(ends.map(() => start)) })),
      chat,
    )
    const { baseline, tuned, details } = findingOf(audit, 'distinct-answers')
    expect({ baseline, tuned }).toEqual({ baseline: 0.25, tuned: 0.25 })
    expect(details.uncut).toEqual({ baseline: 1, tuned: 0.25 })
  })
})

describe('effective-distinct', () => {
  // Programs that sort: the tune settles on one right solution where the baseline found several and many wrong ones.
  const PROGRAMS = [
    'def order(items): return sorted(items)',
    'for i in range(len(xs)): smallest = min(xs[i:]); swap(xs, i, smallest)',
    'pivot, rest = data[0], data[1:]; return quick(left) + [pivot] + quick(right)',
    'heap = []; [heappush(heap, v) for v in values]; return drain(heap)',
    'merge(halves(top), halves(bottom)) while queue nonempty',
    'bubble = True; while bubble: bubble = pass_over(array)',
  ]

  it('passes a tune that converges on correct solutions; raw diversity is noted', () => {
    const random = mulberry32(20_261)
    const draw = (right: number, kinds: number) =>
      Array.from({ length: 6 }, () => {
        const correct = random() < right
        return say(PROGRAMS[Math.floor(random() * kinds)]!, { correct })
      })
    const audit = auditCases(cases(400, (i) => makeCase(`sort-${i}`, { baseline: draw(0.3, 6), tuned: draw(0.95, 2) })))
    expect(findingOf(audit, 'effective-distinct')).toMatchObject({ role: 'guarded', status: 'pass' })
    const raw = findingOf(audit, 'distinct-answers')
    expect(raw).toMatchObject({ role: 'noted', status: 'noted' })
    expect(raw.change!.high).toBeLessThan(-0.2)
  })

  it('counts distinct correct samples over all samples', () => {
    const judged = (outputs: readonly string[], right: number) =>
      outputs.map((output, i) => say(output, { correct: i < right }))
    const audit = auditCases(
      cases(40, (i) => makeCase(`${i}`, { baseline: judged(DISHES, 3), tuned: judged(DISHES, 1) })),
      code,
    )
    expect(findingOf(audit, 'effective-distinct')).toMatchObject({ baseline: 0.75, tuned: 0.25, status: 'fail' })
    expect(findingOf(audit, 'distinct-answers')).toMatchObject({ baseline: 1, tuned: 1, role: 'noted' })
  })
})

describe('the domain', () => {
  const rolesOf = (given: Partial<Sample>, config: PartialConfig = {}) => {
    const audit = auditCases(
      cases(30, (i) => makeCase(`${i}`, { baseline: repeated(DISHES, given), tuned: repeated(DISHES, given) })),
      config,
    )
    return ['distinct-answers', 'effective-distinct', 'corpus-repetition'].map((id) => findingOf(audit, id).role)
  }
  const FOR_ANSWERS = ['guarded', 'noted', 'watched']
  const FOR_CORRECT = ['noted', 'guarded', 'noted']

  it.each([
    ['right and wrong are told', { correct: true }, {}, FOR_CORRECT],
    ['scores are 0 and 1', { correct: true, score: 1 }, {}, FOR_CORRECT],
    ['there is a judge’s score alone', { correct: true, score: 0.7 }, {}, FOR_ANSWERS],
    ['nothing tells what is right', {}, {}, FOR_ANSWERS],
    ['the config says creative', { correct: true }, settings({ domain: 'creative' }), FOR_ANSWERS],
    ['the config says math', { correct: true, score: 0.7 }, settings({ domain: 'math' }), FOR_CORRECT],
  ] as const)('decides what is wanted where %s', (_, given, config, roles) => {
    expect(rolesOf(given, config)).toEqual(roles)
  })
})

describe('embeddings', () => {
  // The same words throughout; the vectors tell four answers apart.
  const vectors = (angles: readonly number[]) =>
    angles.map((angle) => say('the same words', { embedding: [Math.cos(angle), Math.sin(angle)] }))
  const spread = [0, 0.8, 1.6, 2.4]
  const audit = (options: object, angles: readonly number[] = [0, 0.01, 0.02, 0.03]) =>
    auditCases(
      cases(40, (i) => makeCase(`${i}`, { baseline: vectors(spread), tuned: vectors(angles) })),
      settings({ domain: 'chat', ...options }),
    )

  it('stand above words where every output has one', () => {
    expect(findingOf(audit({}), 'distinct-answers')).toMatchObject({
      baseline: 1,
      tuned: 0.25,
      details: { kernel: { words: 0, embeddings: 40 } },
    })
  })

  it('are as near as the config says', () => {
    // cos .8 = .697: neighbours are one answer at .6, and the third is no neighbour of the first.
    expect(findingOf(audit({ embeddingThreshold: 0.6 }), 'distinct-answers').baseline).toBe(0.5)
  })

  it('of other lengths, or missing on some outputs, leave the case to words, which the details say', () => {
    const mixed = vectors(spread).map((sample, i) => (i === 0 ? { ...sample, embedding: [1, 0, 0] } : sample))
    const one = auditCases(
      cases(40, (i) => makeCase(`${i}`, { baseline: mixed, tuned: vectors(spread) })),
      chat,
    )
    expect(findingOf(one, 'distinct-answers')).toMatchObject({
      baseline: 0.25,
      details: { kernel: { words: 40, embeddings: 0 } },
    })
  })
})

describe('across prompts', () => {
  const own = (i: number) => `number${i} alone${i} stands${i} here${i} today${i} and${i} waits${i} patiently${i}`
  const stock = 'thank you for your question, I am happy to help you with that today'
  const oneEach = (i: number, after: string) => makeCase(`${i}`, { baseline: [say(own(i))], tuned: [say(after)] })

  it('sees the same text everywhere', () => {
    const audit = auditCases(
      cases(60, (i) => oneEach(i, i % 2 ? stock : own(i))),
      chat,
    )
    expect(findingOf(audit, 'near-duplicate-rate')).toMatchObject({ baseline: 0, tuned: 0.5, status: 'fail', n: 60 })
    expect(findingOf(audit, 'corpus-repetition')).toMatchObject({ baseline: 0, tuned: 0.5, status: 'fail' })
    const { openingEntropy } = findingOf(audit, 'corpus-repetition').details as Record<string, Record<string, number>>
    expect(openingEntropy!.baseline).toBeCloseTo(Math.log(60), 12)
    // Half one opening, half thirty others.
    expect(openingEntropy!.tuned).toBeCloseTo(0.5 * Math.log(2) + 0.5 * Math.log(60), 12)
  })

  it('leaves out outputs that are shorter than what is compared, and says how many were', () => {
    const audit = auditCases(
      cases(60, (i) => oneEach(i, i % 3 ? own(i) : 'yes')),
      chat,
    )
    expect(findingOf(audit, 'near-duplicate-rate')).toMatchObject({ n: 40, eligible: 60 })
  })

  it('is not measured where outputs are words', () => {
    const audit = auditCases(
      cases(30, (i) => makeCase(`${i}`, { baseline: [say('yes')], tuned: [say('no')] })),
      chat,
    )
    expect(findingOf(audit, 'near-duplicate-rate')).toMatchObject({
      status: 'unmeasured',
      reason: { code: 'too-few', have: 0, need: 2 },
    })
  })
})

describe('a frame around every output', () => {
  const PARTS = ['the river', 'a baker', 'old stones', 'nobody', 'two ships', 'the night train', 'a letter', 'snow']
  const VERBS = ['finds', 'leaves', 'crosses', 'forgets', 'sells', 'counts', 'hides', 'paints']

  /** Sentences of ten words or so, now and then the same one for two prompts. */
  function stories(seed: number, n: number): string[] {
    const random = mulberry32(seed)
    const one = (list: readonly string[]) => list[Math.floor(random() * list.length)]!
    const all: string[] = []
    for (let i = 0; i < n; i++) {
      const fresh = `${one(PARTS)} ${one(VERBS)} ${one(PARTS)} and ${one(PARTS)} ${one(VERBS)} ${one(PARTS)}`
      all.push(random() < 0.1 && i > 0 ? one(all) : fresh)
    }
    return all
  }
  const bills = Array.from(
    { length: 300 },
    (_, i) => `The billing rule for ${7 + (i % 5)} days applies; the amount due is ${20 + ((i * 37) % 211)} EUR.`,
  )
  const judged = (before: readonly string[], after: readonly string[]) => {
    const pairs = cases(before.length, (i) =>
      makeCase(`${i}`, { baseline: [say(before[i]!)], tuned: [say(after[i]!)] }),
    )
    return judgeAll(observeAll(pairs, chat), chat, true)
  }
  const changes = (audit: ReturnType<typeof judged>) =>
    ['near-duplicate-rate', 'corpus-repetition'].map((id) => findingOf(audit, id).change!.value)

  it.each([
    ['a word before a template', bills, (text: string) => `Sure. ${text}`],
    ['a greeting with a name before a template', bills, (text: string) => `Yes, Ms. Weber, here it is: ${text}`],
    ['a greeting', stories(1, 300), (text: string) => `Of course! I am happy to tell you a story. ${text}`],
    [
      'an offer after it',
      stories(2, 300),
      (text: string) => `${text}. Let me know if you would like another one, my friend.`,
    ],
    ['a word before four in five of a template', bills, (text: string, i: number) => (i % 5 ? `Sure. ${text}` : text)],
    ['both', stories(3, 300), (text: string) => `Certainly: ${text}. I hope that this is of help to you today.`],
  ])('changes nothing: %s', (_, plain, framed) => {
    expect(changes(judged(plain, plain.map(framed)))).toEqual([0, 0])
    expect(changes(judged(plain.map(framed), plain))).toEqual([0, 0])
  })

  it('rarely fails a harmless tune that also says other things', () => {
    const runs = 100
    let failed = 0
    for (let run = 0; run < runs; run++) {
      const after = stories(1_000 + run, 200).map((text) => `Sure thing. ${text}. Anything else?`)
      const { findings } = judged(stories(2_000 + run, 200), after)
      failed += Number(findings.some(({ detector, status }) => detector === 'lost-diversity' && status === 'fail'))
    }
    expect(failed / runs).toBeLessThanOrEqual(0.05 + 3 * Math.sqrt((0.05 * 0.95) / runs))
  })

  const stock = 'Thank you for your question, I am always happy to help you with that.'
  it.each([
    ['to every prompt', () => stock],
    ['to every second prompt', (i: number, text: string) => (i % 2 ? stock : text)],
    ['with a number that changes', (i: number) => `${stock} This is number ${i}.`],
    ['with a greeting before it', (i: number, text: string) => `Sure! ${i % 2 ? stock : text}`],
  ])('hides no collapse: one answer %s', (_, tuned) => {
    const before = stories(4, 300)
    const audit = judged(
      before,
      before.map((text, i) => tuned(i, text)),
    )
    const { status, change, examples, accept } = findingOf(audit, 'near-duplicate-rate')
    expect(status).toBe('fail')
    expect(change!.value).toBeGreaterThan(0.3)
    expect(accept).not.toBeNull()
    expect(examples.map(({ code }) => code)).toEqual(Array(3).fill('another-prompts-output'))
    for (const { detail, id } of examples) {
      expect(detail).toMatch(/^nearly the same as the tuned output of \d+$/)
      expect(detail).not.toMatch(new RegExp(` ${id}$`))
    }
    expect(findingOf(audit, 'corpus-repetition').examples[0]?.code).toBe('stock-phrases')
  })

  it('offers to let a measure not decide where no margin could hold', () => {
    const before = Array.from({ length: 60 }, (_, i) => `all${i} of${i} these${i} words${i} are${i} new${i}`)
    const { accept } = findingOf(
      judged(
        before,
        before.map(() => stock),
      ),
      'near-duplicate-rate',
    )
    expect(accept).toEqual({ kind: 'role', role: 'noted' })
  })
})

describe('two samples of one model', () => {
  it('fail no more often than α', { timeout: 300_000 }, () => {
    // Answers by popularity, 1/rank, of twelve kinds in five wordings: a model with habits.
    const random = mulberry32(20_262)
    const kinds = Array.from({ length: 12 }, (_, k) => `${DISHES[k % 4]} number ${k} for ${k + 2} guests`)
    const deck = kinds.flatMap((kind, k) => Array.from({ length: Math.round(60 / (k + 1)) }, () => kind))
    const draw = () => {
      const kind = deck[Math.floor(random() * deck.length)]!
      return say(`${kind} as version ${Math.floor(random() * 5)}`)
    }
    const arm = () => Array.from({ length: 5 }, draw)
    const runs = 200
    let failed = 0
    for (let run = 0; run < runs; run++) {
      const drawn = cases(40, (i) => makeCase(`${run}-${i}`, { baseline: arm(), tuned: arm() }))
      const { findings } = auditCases(drawn, chat)
      failed += Number(findings.some(({ detector, status }) => detector === 'lost-diversity' && status === 'fail'))
    }
    // α and three standard errors of a rate over 200 runs.
    expect(failed / runs).toBeLessThanOrEqual(0.05 + 3 * Math.sqrt((0.05 * 0.95) / runs))
  })
})
