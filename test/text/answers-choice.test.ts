import { describe, expect, it } from 'vitest'
import { choiceIn } from '../../src/text/answers-choice.js'

describe('choiceIn', () => {
  it.each([
    ['B', 'B'],
    ['b', 'B'],
    ['(b)', 'B'],
    ['B.', 'B'],
    ['(B). Somewhat optimistic, unlike (A)', 'B'],
    ['B) rain', 'B'],
    ['C - rain', 'C'],
    ['Answer: B', 'B'],
    ['ANSWER: $B$', 'B'],
    ['The correct answer is (C), since A) is dry.', 'C'],
    ['The best answer is option D because of rain.', 'D'],
    ['Clouds rule out (A).\n\n**C**', 'C'],
    ['Clouds rule out (A), which leaves (B).', 'B'],
    ['I would go with option B here, given what clouds are.', 'B'],
    ['\\boxed{\\text{(B)}}', 'B'],
    ['<answer> B </answer>', 'B'],
    ['<answer> C ) rain </answer>', 'C'],
    ['<answer> A rainy day </answer>', 'A'],
    ['{"answer": "E"}', 'E'],
    ['Option A which is : bank', 'A'],
    ['The answer is unclear at first, yet (D) rains.', 'D'],
  ])('reads %j as %s', (text, letter) => {
    expect(choiceIn(text)).toBe(letter)
  })

  it.each([
    '',
    'A rainy day is a good answer to many questions.',
    'I think so',
    'Because it rains.',
    '(Z)',
    '(A) is dry. <answer>none of these</answer>',
  ])('reads no letter from %j', (text) => {
    expect(choiceIn(text)).toBeNull()
  })

  it('gives a choice as it was declared', () => {
    expect(choiceIn('(B)', ['a', 'b'])).toBe('b')
    expect(choiceIn('So: YES.', ['Yes', 'No'])).toBe('Yes')
  })

  it.each([
    ['[Yes]', 'yes'],
    ['No, 4 is even. Yes would be wrong.', 'no'],
    ['Is it prime? It has no divisor. So yes', 'yes'],
    ['I am not sure', 'not sure'],
    ['Answer: no', 'no'],
    ['yes-man', null],
    ['nothing', null],
    ['I said yes. <answer>maybe</answer>', null],
  ])('reads %j as %s of words', (text, word) => {
    expect(choiceIn(text, ['yes', 'no', 'not sure'])).toBe(word)
  })

  it('takes choices with special characters as they are', () => {
    expect(choiceIn('It is c++.', ['c++', 'c#', '.*'])).toBe('c++')
    expect(choiceIn('anything', ['.*', '(?=x)'])).toBeNull()
  })
})
