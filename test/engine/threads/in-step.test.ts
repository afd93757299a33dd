import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inStep, type Part } from '../../../src/engine/threads/in-step.js'
import type { Piece } from '../../../src/input/pieces.js'
import { SharedMemory } from '../../../src/input/shared-memory.js'

const lines = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `tide ${from + i}`)

/** Lines as they stand in a file that holds only them, from line `number` on. */
function piece(file: number, text: string, { number, offset }: Pick<Piece, 'number' | 'offset'>): Piece {
  const bytes = new SharedMemory().lend(Buffer.byteLength(text))
  bytes.set(Buffer.from(text))
  return { file, number, offset, bytes }
}

const shown = (part: Part | null) => part && { ...part, lines: part.lines.toString() }

describe('inStep', () => {
  it('takes 16 lines of both arms at a time, and says where they stand', () => {
    const start = { number: 100, offset: 5_000 }
    const baseline = `${lines(0, 20).join('\n')}\n`
    const tuned = `${lines(50, 53).join('\n')}\n`
    const first = `${lines(0, 16).join('\n')}\n`
    expect(
      [...inStep({ baseline: [piece(1, baseline, start)], tuned: [piece(0, tuned, start)] })].map((step) => ({
        baseline: shown(step.baseline),
        tuned: shown(step.tuned),
      })),
    ).toEqual([
      { baseline: { file: 1, lines: first, start }, tuned: { file: 0, lines: tuned, start } },
      {
        baseline: {
          file: 1,
          lines: baseline.slice(first.length),
          start: { number: 116, offset: 5_000 + first.length },
        },
        tuned: null,
      },
    ])
  })

  it('gives every byte once, in order, with its place, of any pieces', () => {
    const text = fc.array(fc.string({ maxLength: 4 }), { maxLength: 150 }).map((all) => all.join('\n'))
    fc.assert(
      fc.property(fc.array(text, { maxLength: 3 }), fc.array(text, { maxLength: 3 }), (baseline, tuned) => {
        const pieces = (texts: string[]) => texts.map((text, file) => piece(file, text, { number: 7, offset: 11 }))
        const steps = [...inStep({ baseline: pieces(baseline), tuned: pieces(tuned) })]
        const parts = steps.flatMap((step) => step.baseline ?? [])
        for (const [file, text] of baseline.entries()) {
          const own = parts.filter((part) => part.file === file)
          expect(own.map((part) => part.lines.toString()).join('')).toBe(Buffer.from(text).toString())
          let before = ''
          for (const part of own) {
            const started = before.split('\n').length - 1
            expect(part.start).toEqual({ number: 7 + started, offset: 11 + Buffer.byteLength(before) })
            before += part.lines.toString()
          }
        }
      }),
    )
  })

  it('gives nothing of nothing', () => {
    expect([...inStep({ baseline: [], tuned: [] })]).toEqual([])
  })
})
