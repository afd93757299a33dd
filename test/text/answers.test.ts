import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { finalAnswer, findAnswer } from '../../src/text/answers.js'

describe('findAnswer', () => {
  it.each([
    // Tags.
    ['<think>6 or 7?</think><answer> 7 </answer>', 'tag', '7'],
    ['<answer>1</answer> no, <ANSWER>2</ANSWER>', 'tag', '2'],
    ['<answer>  <answer> p - q </answer> and so on </answer>', 'tag', 'p - q'],
    ['It is rain. <answer>rain', 'tag', 'rain'],
    ['[ANSWER]f(1) == 2[/ANSWER]', 'tag', 'f(1) == 2'],
    ['<answer> The correct answer is D) offspring. </answer>', 'tag', 'D) offspring'],
    ['<answer>So \\boxed{5}, surely</answer>', 'tag', '5'],
    ['<answer></answer>', 'tag', ''],
    ['\\boxed{3}<answer>4</answer>', 'tag', '4'],
    // Payloads.
    ['{"reasoning": "1 + 1", "answer": "2"}', 'payload', '2'],
    ['```json\n{"answer": 18}\n```', 'payload', '18'],
    ['{"final_answer": true, "why": "…"}', 'payload', 'true'],
    ['{"Final Answer": null}', 'payload', 'null'],
    ["{'answer': 'snow'}", 'payload', 'snow'],
    ['{"answer": "say \\"rain\\" now"}', 'payload', 'say "rain" now'],
    ['{"answer": "\\frac{3}{4}"}', 'payload', '\\frac{3}{4}'],
    ['{"answer": "caf\\u00e9"}', 'payload', 'café'],
    ['{"answer": ["a", "]"], "x": 1}', 'payload', '["a", "]"]'],
    ['{"answer": "cut o', 'payload', 'cut o'],
    ['{"answer": ""}', 'payload', ''],
    // Boxes.
    ['so $\\boxed{\\frac{1}{2}}$.', 'boxed', '\\frac{1}{2}'],
    ['\\boxed{1}, or rather \\boxed{2}', 'boxed', '2'],
    ['\\boxed{1} and \\boxed{unfinished', 'boxed', '1'],
    ['\\fbox{7}', 'boxed', '7'],
    ['\\boxed{{982}}', 'boxed', '982'],
    ['\\boxed{\\boxed{4}}', 'boxed', '4'],
    ['\\boxed{\\{1, 2\\}}', 'boxed', '\\{1, 2\\}'],
    ['\\boxed 9$', 'boxed', '9'],
    ['The answer is 3, that is \\boxed{4}', 'boxed', '4'],
    // Hashes.
    ['Add them.\n#### 1,234', 'hashes', '1,234'],
    ['#### 18\n\nQuestion: and now?', 'hashes', '18'],
    ['#### Result\nIt rains.', 'line', 'It rains'],
    // Phrases.
    ['The answer is 5. I hope it is correct.', 'phrase', '5'],
    ['Final Answer: The final answer is $[2,5)$. I hope it is correct.', 'phrase', '[2,5)'],
    ['**Answer:** B. Because it rains.', 'phrase', 'B'],
    ['The answer is **rain**, not snow.', 'phrase', 'rain'],
    ['Answer: $5 and $10', 'phrase', '$5 and $10'],
    ['The answer to the second question is Dr. Who. Yes.', 'phrase', 'Dr. Who'],
    ['### Final Answer\n\n42', 'phrase', '42'],
    ['The final answer is:\n\\[\n7\n\\]', 'phrase', '7'],
    ['answer: 1\nanswer: 2', 'phrase', '2'],
    // Brackets.
    ['17 is odd.\n\n[Yes]', 'bracket', 'Yes'],
    ['So, it is [[B]].', 'bracket', 'B'],
    ['see [1] and [here](https://example.org)', 'line', 'see [1] and [here](https://example.org)'],
    ['\\[x\\]', 'line', 'x'],
    // Last lines.
    ['Rain', 'line', 'Rain'],
    ['Clouds gather.\n\n"Rain."\n```\n', 'line', 'Rain.'],
  ] as const)('reads %j by its %s', (output, mark, text) => {
    expect(findAnswer(output)).toMatchObject({ mark, text })
  })

  it.each(['', ' \n\t', '```\n```', `${'It rains and rains. '.repeat(20)}`])('finds none in %j', (output) => {
    expect(findAnswer(output)).toBeNull()
  })

  it('keeps an answer as it is written beside its cleaned form', () => {
    expect(findAnswer('{"answer": "  \'try.\' "}')).toEqual({ mark: 'payload', written: "  'try.' ", text: 'try.' })
  })

  it('looks at thought only where nothing follows it', () => {
    expect(finalAnswer('<think>\\boxed{1}</think> Rain.')).toBe('Rain')
    expect(finalAnswer('<think>\\boxed{1}</think>\n')).toBe('1')
  })

  it('never throws', () => {
    const pieces = fc.constantFrom(
      '\\boxed{',
      '}',
      '{',
      '<answer>',
      '"answer":',
      '"',
      "'",
      '\\',
      '####',
      '\n',
      '[',
      ']',
      '$',
      '**',
      'answer is ',
      '1',
    )
    fc.assert(fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => void findAnswer(parts.join(''))))
  })

  it('finds in any prose what is boxed after it', () => {
    const answer = fc.stringMatching(/^[a-z0-9]{1,20}$/)
    const prose = fc.string().filter((text) => !/answer|<\/|\\/i.test(text))
    fc.assert(fc.property(prose, answer, (text, boxed) => finalAnswer(`${text} \\boxed{${boxed}}`) === boxed))
  })
})
