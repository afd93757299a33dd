import { describe, expect, it } from 'vitest'
import { withoutFrame } from '../../../src/text/similarity/frame.js'

const answers = ['a red kite', 'Lima', 'forty', 'the old mill', 'tea', 'chess', 'a bicycle', 'the sea', 'soup', 'jazz']

describe('withoutFrame', () => {
  it.each<[string, (answer: string) => string]>([
    ['nothing', (answer) => answer],
    ['an opening', (answer) => `The answer is ${answer}`],
    ['an ending', (answer) => `${answer}\n\nI hope that helps!`],
    ['both', (answer) => `How about **${answer}**? Let me know if you would like another one.`],
    ['both in a script without spaces', (answer) => `答案应该是 ${answer} 希望这对你有所帮助`],
  ])('leaves the answers of texts with %s around them', (_, frame) => {
    const words = (text: string) => text.replace(/[^\p{L} ]/gu, '').trim()
    expect(withoutFrame(answers.map(frame)).map(words)).toEqual(answers)
  })

  it('lets one text in ten be without it, and leaves that as it is', () => {
    const mixed = [...answers.slice(1).map((answer) => `You could try ${answer}`), 'No.']
    expect(withoutFrame(mixed)).toEqual([...answers.slice(1), 'No.'])
  })

  it('leaves what copies repeat, and what two in ten do not share', () => {
    expect(withoutFrame(['Well, tea', 'Well, tea', 'Well, tea'])).toEqual(['Well, tea', 'Well, tea', 'Well, tea'])
    const most = answers.map((answer, i) => (i < 2 ? answer : `you could try ${answer}`))
    expect(withoutFrame(most)).toEqual(most)
  })

  it('never takes a name or a number, nor the last word', () => {
    expect(withoutFrame(['I would say Zeus, always', 'I would say Zeus, since you ask'])).toEqual([
      'Zeus, always',
      'Zeus, since you ask',
    ])
    expect(withoutFrame(['it is 42, or so', 'it is 42 at least'])).toEqual(['42, or so', '42 at least'])
    expect(withoutFrame(['well tea', 'well'])).toEqual(['well tea', 'well'])
    expect(withoutFrame(['', '?!', 'tea'])).toEqual(['', '?!', 'tea'])
  })

  it('takes twelve words at either end, of long texts too', () => {
    const shared = Array.from({ length: 20 }, (_, i) => `w${String.fromCharCode(97 + i)}`)
    const long = ['x', 'y'].map((own) => [...shared, ...Array.from({ length: 600 }, () => own), ...shared].join(' '))
    for (const [i, text] of withoutFrame(long).entries()) {
      expect(text).toBe(
        [...shared.slice(12), ...Array.from({ length: 600 }, () => 'xy'[i]), ...shared.slice(0, 8)].join(' '),
      )
    }
  })

  it('reads any bytes', () => {
    const hostile = ['\ud800 a', '\ud800 b', 'ﬁ'.repeat(2000), '\u0000'.repeat(3000), 'a'.repeat(5000)]
    expect(withoutFrame(hostile)).toHaveLength(5)
    expect(withoutFrame(hostile.slice(2))).toEqual(['fi'.repeat(2000), ...hostile.slice(3)])
  })
})
