// Writes two arms of generated records as models write them: chat, code, JSON and reasoning with a number at the end, a
// confidence each, a third of the cases with three samples, a score that flips for 4 % of cases. The arms are line-aligned,
// or the tuned one is shuffled. `bytes`: the length of an output, about; left out: 200 to 4,000.
import { closeSync, openSync, writeSync } from 'node:fs'
import { seeded } from '../../fixtures/random.js'

const WORDS =
  'the model answers each question after a short chain of steps and states how sure it is about the sum café “quoted” naïve'.split(
    ' ',
  )

export function generate({ cases, baseline, tuned, seed = 1, shuffle = false, bytes = null }) {
  const random = seeded(seed)
  const files = { baseline: openSync(baseline, 'w'), tuned: openSync(tuned, 'w') }
  const order = shuffle ? random.shuffled(Array.from({ length: cases }, (_, n) => n)) : null
  const pending = { baseline: '', tuned: '' }
  for (let n = 0; n < cases; n++) {
    writeCase('baseline', n, 0)
    writeCase('tuned', order === null ? n : order[n], 0.04)
  }
  for (const arm of ['baseline', 'tuned']) {
    writeSync(files[arm], pending[arm])
    closeSync(files[arm])
  }

  function writeCase(arm, n, flips) {
    const samples = bytes === null && n % 3 === 0 ? 3 : 1
    for (let sample = 0; sample < samples; sample++) {
      const right = (n * 7 + sample) % 4 > 0
      write(arm, record(n, sample, random.chance(flips) ? !right : right, { random, bytes }))
    }
  }

  function write(arm, value) {
    pending[arm] += `${JSON.stringify(value)}\n`
    if (pending[arm].length < 1 << 20) return
    writeSync(files[arm], pending[arm])
    pending[arm] = ''
  }
}

const KINDS = ['chat', 'code', 'json', 'reasoning']

function record(n, sample, correct, { random, bytes }) {
  const confidence = Math.round((correct ? 0.6 + 0.4 * random.next() : 0.3 + 0.6 * random.next()) * 100) / 100
  const kind = KINDS[n % 4]
  return {
    id: `case-${n}`,
    task: `${kind}-${(n >> 2) % 2}`,
    ...(n % 3 === 0 && bytes === null ? { sample } : {}),
    prompt: `Question ${n}: what follows?`,
    output: OUTPUTS[kind](random, bytes ?? random.between(200, 4_000)),
    reference: 'yes',
    correct,
    confidence,
  }
}

const OUTPUTS = {
  chat: (random, length) => `Sure. ${paragraphs(random, length)}`,
  code: (random, length) =>
    `Here it is:\n\n\`\`\`python\n${lines(length, () => `    ${name(random)} = ${name(random)}(${random.between(0, 99)})`)}\n\`\`\`\n`,
  json: (random, length) =>
    JSON.stringify({
      answer: random.between(0, 999),
      items: Array.from({ length: Math.max(1, length / 40) }, () => ({
        name: name(random),
        count: random.between(0, 9),
      })),
    }),
  reasoning: (random, length) =>
    `${lines(length, () => `${random.between(2, 9)} * ${random.between(2, 9)} gives the ${name(random)}, so we go on.`)}\n#### ${random.between(0, 999)}`,
}

function name(random) {
  return random.pick(WORDS).replace(/\W/g, '') || 'sum'
}

function lines(length, line) {
  const all = []
  for (let size = 0; size < length; size += all.at(-1).length + 1) all.push(line())
  return all.join('\n')
}

function paragraphs(random, length) {
  const words = []
  for (let size = 0; size < length; size += words.at(-1).length + 1) words.push(random.pick(WORDS))
  return words.join(' ').replaceAll(' and ', random.chance(0.3) ? '.\n\nAnd ' : ' and ')
}
