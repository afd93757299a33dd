// Writes two line-aligned arms of generated records: texts of 200 to 2,000 characters, ten tasks, a confidence each, a
// score that flips for 4 % of cases.
import { closeSync, openSync, writeSync } from 'node:fs'
import { seeded } from '../../fixtures/random.js'

const WORDS =
  'the model answers each question after a short chain of steps and states how sure it is about the sum café “quoted” naïve'.split(
    ' ',
  )

export function generate({ cases, baseline, tuned, seed = 1, shuffle = false }) {
  const random = seeded(seed)
  const files = { baseline: openSync(baseline, 'w'), tuned: openSync(tuned, 'w') }
  const order = shuffle ? random.shuffled(Array.from({ length: cases }, (_, n) => n)) : null
  const pending = { baseline: '', tuned: '' }
  for (let n = 0; n < cases; n++) {
    const right = random.chance(0.75)
    const flipped = random.chance(0.04) ? !right : right
    write('baseline', record(n, right, random))
    write('tuned', record(order === null ? n : order[n], flipped, random))
  }
  for (const arm of ['baseline', 'tuned']) {
    writeSync(files[arm], pending[arm])
    closeSync(files[arm])
  }

  function write(arm, value) {
    pending[arm] += `${JSON.stringify(value)}\n`
    if (pending[arm].length < 1 << 20) return
    writeSync(files[arm], pending[arm])
    pending[arm] = ''
  }
}

function record(n, correct, random) {
  const confidence = Math.round((correct ? 0.6 + 0.4 * random.next() : 0.3 + 0.6 * random.next()) * 100) / 100
  return {
    id: `case-${n}`,
    task: `task-${n % 10}`,
    prompt: `Question ${n}: what follows?`,
    output: text(random),
    reference: 'yes',
    correct,
    confidence,
  }
}

function text(random) {
  const length = random.between(200, 2000)
  const words = []
  for (let size = 0; size < length; ) {
    const word = random.pick(WORDS)
    words.push(word)
    size += word.length + 1
  }
  return words.join(random.chance(0.1) ? '\n' : ' ').slice(0, length)
}
