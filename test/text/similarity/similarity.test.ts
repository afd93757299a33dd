import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { features, promptWords } from '../../../src/text/similarity/features.js'
import { similarity, TEXT_THRESHOLD } from '../../../src/text/similarity/similarity.js'

const references = JSON.parse(
  readFileSync(new URL('../../../fixtures/references/diversity.json', import.meta.url), 'utf8'),
)
const reference = (name: string) =>
  references[Object.keys(references).find((key) => key.startsWith(`${name}:`))!] as {
    prompt: string
    texts: string[]
    matrix: number[][]
  }

const alike = (a: string, b: string, prompt = '') => {
  const words = promptWords(prompt)
  return similarity(features(a, words), features(b, words))
}

describe('similarity', () => {
  it('agrees with scikit-learn on words weighted in Python', () => {
    const { prompt, texts, matrix } = reference('similarity')
    texts.forEach((a, i) => {
      texts.forEach((b, j) => {
        expect(alike(a, b, prompt), `${a} / ${b}`).toBeCloseTo(matrix[i]![j]!, 12)
      })
    })
  })

  it('is exactly symmetric, and exactly 1 of a text with itself', () => {
    const { texts, prompt } = reference('similarity')
    for (const a of texts) {
      expect(alike(a, a, prompt)).toBe(1)
      for (const b of texts) expect(alike(a, b, prompt)).toBe(alike(b, a, prompt))
    }
  })

  it.each([
    ['42', '43'],
    ['It is 42.', 'It is 43.'],
    ['The final answer is 42.', 'The final answer is 43.'],
    ['I picked the number 7!', 'I picked the number 8!'],
    ['Sure! How about naming him **Pebble**?', 'Sure! How about naming him **Nimbus**?'],
    ['Yes', 'No'],
    ['🐳', '🦊'],
    ['!!!', '???'],
    ['宙斯是希腊神话中的众神之王', '北京今天下雨，气温很低'],
    ['Зевс живёт на Олимпе', 'Сегодня идёт холодный дождь'],
    ['', 'Zeus'],
    ['return a.map((x) => x * 2)', 'for i in range(len(nums)): total += nums[i]'],
  ])('takes %j and %j for distinct answers', (a, b) => {
    expect(alike(a, b)).toBeLessThan(TEXT_THRESHOLD)
  })

  it.each([
    ['Zeus', '**Zeus**!'],
    ['The god is Zeus, king of Olympus.', 'The god is ZEUS, the king of Olympus'],
    ['', '  \n'],
    ['ｆｕｌｌ ｗｉｄｔｈ', 'full width'],
    ['宙斯是希腊神话中的众神之王', '宙斯，是希腊神话的众神之王。'],
    ['กรุงเทพมหานครเป็นเมืองหลวง', 'กรุงเทพมหานครคือเมืองหลวง'],
    ['def area(r):\n    return 3.14 * r * r', 'def area(r):\n    result = 3.14 * r * r\n    return result'],
    // Two long texts that differ in their last number are near-duplicates: documented, and for final answers to settle.
    [
      'She sells 9 eggs a day at 2 dollars each, so she makes 18.',
      'She sells 9 eggs a day at 2 dollars each, so she makes 19.',
    ],
  ])('takes %j and %j for near-duplicates', (a, b) => {
    expect(alike(a, b)).toBeGreaterThanOrEqual(TEXT_THRESHOLD)
  })

  it('words of the prompt tell answers apart less', () => {
    const [a, b] = ['a capital in Africa is Cairo', 'a capital in Africa is Accra']
    expect(alike(a!, b!, 'Name a capital in Africa.')).toBeLessThan(alike(a!, b!))
  })

  it('reads the first 2,048 code units of a text', () => {
    const long = 'whale '.repeat(400)
    expect(features(`${long}otter`, new Set())).toEqual(features(long, new Set()))
  })
})
