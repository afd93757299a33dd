import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Examples, examplesCodec, keptExample, keptExampleCodec, withRank } from '../../src/audit/examples.js'
import { makeCase, makeSample } from './support.js'

const FIRST = { baseline: 0, tuned: 0 }
const nomination = { severity: 1, code: 'off-course', samples: FIRST, detail: null }

function harbour(id: string, task = 'tides') {
  return makeCase(id, { baseline: [makeSample()], tuned: [makeSample()] }, { task })
}

/** One kept example of a given order. */
const kept = (severity: number, hash: number, id = 'cork', task = 'tides') =>
  keptExample(harbour(id, task), hash, { ...nomination, severity })

const filled = (all: readonly ReturnType<typeof kept>[]) => {
  const examples = new Examples()
  for (const each of all) examples.add(each)
  return examples
}

const ordered = (all: readonly ReturnType<typeof kept>[]) =>
  filled(all).items.map(({ hash, example: { severity, id, task } }) => [severity, hash, task, id])

describe('Examples', () => {
  it('keeps the three that are most severe', () => {
    const all = [kept(1, 1), kept(5, 2), kept(3, 3), kept(4, 4), kept(2, 5)]
    expect(ordered(all).map(([severity]) => severity)).toEqual([5, 4, 3])
  })

  it('orders equal severities by hash, equal hashes by task, and the cases of one task by id', () => {
    const all = [kept(1, 7, 'sligo', 'winds'), kept(1, 7, 'sligo'), kept(1, 7, 'cork'), kept(1, 8, 'avoca', 'fog')]
    expect(ordered(all)).toEqual([
      [1, 7, 'tides', 'cork'],
      [1, 7, 'tides', 'sligo'],
      [1, 7, 'winds', 'sligo'],
    ])
    expect(ordered([kept(1, 9), kept(1, 6)])[0]).toEqual([1, 6, 'tides', 'cork'])
  })

  it('keeps the same from nominations in any order and any split', () => {
    const nominated = fc.array(fc.tuple(fc.nat(4), fc.nat(6)), { maxLength: 20 })
    fc.assert(
      fc.property(nominated, fc.nat(20), (all, cut) => {
        const of = (part: readonly (readonly [number, number])[]) => {
          const examples = new Examples()
          for (const [severity, hash] of part)
            examples.nominate(harbour(`case-${hash}`), hash, { ...nomination, severity })
          return examples
        }
        const expected = filled(all.map(([severity, hash]) => kept(severity, hash, `case-${hash}`))).items
        expect(of([...all].reverse()).items).toEqual(expected)
        const parts = [of(all.slice(cut)), of(all.slice(0, cut))] as const
        parts[0].merge(parts[1])
        expect(parts[0].items).toEqual(expected)
      }),
      { seed: 16, numRuns: 40 },
    )
  })

  it('looks only at cases that may stay', () => {
    const get = () => {
      throw new Error('looked at')
    }
    const closed = harbour('dark')
    Object.defineProperty(closed.baseline[0], 'output', { get })
    const examples = filled([kept(3, 1), kept(3, 2), kept(2, 5)])
    examples.nominate(closed, 9, { ...nomination, severity: 1 })
    examples.nominate(closed, 6, { ...nomination, severity: 2 })
    expect(() => examples.nominate(closed, 5, { ...nomination, severity: 2 })).toThrow('looked at')
    expect(() => examples.nominate(closed, 9, { ...nomination, severity: 4 })).toThrow('looked at')
    examples.nominate(harbour('arklow'), 5, { ...nomination, severity: 2 })
    expect(examples.items.map(({ example }) => example.id)).toEqual(['cork', 'cork', 'arklow'])
  })

  it('are read as they were written', () => {
    const written = examplesCodec.write(filled([kept(2, 1), kept(1, 3), kept(1, 2)]))
    expect(examplesCodec.write(examplesCodec.read(JSON.parse(JSON.stringify(written))))).toEqual(written)
  })
})

describe('keptExample', () => {
  const at = (line: number) => ({ file: 'harbours.jsonl', line })
  const case_ = makeCase('cork', {
    baseline: [makeSample(), makeSample({ output: 'High at noon.', score: 1, correct: true, place: at(4) })],
    tuned: [makeSample({ output: 'Low at noon.', score: 0, confidence: 0.9, place: at(9) }), makeSample()],
  })
  const samples = { baseline: 1, tuned: 0 }

  it('shows the samples that were named: their outputs, values, numbers and places', () => {
    expect(keptExample(case_, 5, { severity: 0.5, code: 'off-course', samples, detail: 'Wrong tide.' })).toEqual({
      hash: 5,
      places: { baseline: at(4), tuned: at(9) },
      example: {
        id: 'cork',
        task: 'default',
        samples,
        code: 'off-course',
        severity: 0.5,
        detail: 'Wrong tide.',
        excerpt: { baseline: 'High at noon.', tuned: 'Low at noon.' },
        values: {
          baseline: { score: 1, correct: true, confidence: null },
          tuned: { score: 0, correct: null, confidence: 0.9 },
        },
      },
    })
  })

  it('cuts a long detail, and has none where none is given', () => {
    expect(keptExample(case_, 5, { ...nomination, detail: 'x'.repeat(241) }).example.detail).toBe(`${'x'.repeat(240)}…`)
    expect(keptExample(case_, 5, nomination).example.detail).toBeNull()
  })

  it('is read as it was written, unknown values too', () => {
    const example = keptExample(case_, 5, { severity: 0.5, code: 'off-course', samples, detail: null })
    expect(keptExampleCodec.read(JSON.parse(JSON.stringify(keptExampleCodec.write(example))))).toEqual(example)
  })
})

describe('withRank', () => {
  const example = keptExample(harbour('cork'), 5, { ...nomination, detail: 'Repeats itself.' })

  it('takes the severity of the ranking and keeps all else', () => {
    expect(withRank(example, 9, null)).toEqual({ ...example, example: { ...example.example, severity: 9 } })
  })

  it('says which case it is like, instead of its own detail', () => {
    const { detail } = withRank(example, 9, 'sligo').example
    expect(detail).toBe('nearly the same as the tuned output of sligo')
    expect(withRank(example, 9, 'x'.repeat(300)).example.detail).toHaveLength(241)
  })
})
