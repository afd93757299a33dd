import type { Case } from '../../../src/domain/case.js'
import type { Sample } from '../../../src/domain/record.js'
import { makeCase, makeSample } from '../../audit/support.js'
import type { FamilyCell } from '../cell.js'
import type { Random } from '../random.js'

const SAID = [0.5, 0.7, 0.9, 0.95, 1]
const MARGIN = 0.05

/** The easiest prompt is answered rightly always, the hardest six times in ten. */
const HARDEST = 0.4
const MEAN_RIGHT = 1 - HARDEST / 2

/**
 * Cases that carry something for every detector: right or wrong, a stated confidence that means something, texts of
 * several formats, JSON that breaks now and then, sums that are wrong now and then. Both arms draw alike, but for the
 * right outputs of the tuned arm of which a share turns wrong.
 */
export function* familyCases(
  { tasks, cases, samples, harm }: FamilyCell,
  run: number,
  random: Random,
): Generator<Case> {
  const lost = (harm * MARGIN) / MEAN_RIGHT
  for (let task = 0; task < tasks; task++) {
    for (let number = 0; number < casesOf(cases, task); number++) {
      const difficulty = random.next()
      const prompt = random.below(2 ** 31)
      const outputs = (kept: number) =>
        Array.from({ length: samples }, () => output({ difficulty, prompt, kept }, random))
      const arms = { baseline: outputs(1), tuned: outputs(1 - lost) }
      yield makeCase(`${run}-${number}`, arms, { task: `task-${task}` })
    }
  }
}

function casesOf(cases: FamilyCell['cases'], task: number): number {
  if (cases !== 'mixed') return cases
  return task % 3 === 0 ? 50 : 3
}

interface Prompt {
  readonly difficulty: number
  readonly prompt: number
  /** Share of right outputs that stay right. */
  readonly kept: number
}

function output({ difficulty, prompt, kept }: Prompt, random: Random): Sample {
  const correct = random.next() < (1 - HARDEST * difficulty) * kept
  const confidence = SAID[Math.floor(SAID.length * (1 - difficulty * random.next()))] ?? 1
  return makeSample({ output: text(prompt, random), correct, confidence })
}

function text(prompt: number, random: Random): string {
  const a = prompt % 50
  const b = (prompt >>> 8) % 50
  const sum = a + b + (random.next() < 0.1 ? 1 : 0)
  const words = Array.from({ length: 6 }, (_, i) => `word${((prompt >>> i) + random.below(3)) % 300}`).join(' ')
  switch (random.below(4)) {
    case 0:
      return `{"answer": ${sum}, "why": "${words}"${random.next() < 0.1 ? '' : '}'}`
    case 1:
      return `- ${a} + ${b} = ${sum}\n- ${words}`
    case 2:
      return `Since ${a} + ${b} = ${sum}, ${words}. That is all there is to it.`
    default:
      return `${words}: ${sum}`
  }
}
