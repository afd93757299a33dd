import { describe, expect, test } from 'vitest'
import { checkStatements } from '../../../src/detectors/infeasible-content/statements/index.js'

const holding = [
  '12*7=84',
  '<<3+4=7>>',
  '8*3 = <<8*3=24>>24 crayons',
  '$1,200 / 4 = $300',
  '2 × 3.5 = 7',
  '(2 + 3) * 4 = 20',
  '2 + 3 * 4 = 14',
  '20 - 5 - 3 = 12',
  '3 - -4 = 7',
  '-3 + 4 = 1',
  '2^10 = 1024',
  '2**10 = 1024',
  '5² + 2² = 29',
  '2(3 + 4) = 14',
  '.5 * 4 = 2',
  '0.1 + 0.2 = 0.3',
  '2/3 = 0.66',
  '2/3 = 0.67',
  '1{,}200 + 1 = 1{,}201',
  '10^{-2} = 0.01',
  '3 \\times 4 = 12',
  '"x": "$3 \\\\cdot 4 = 12$"',
  '\\frac{12}{4} = 3',
  '\\left(1 + 2\\right) \\cdot 3 = \\boxed{9}',
  '15% of 80 = 12',
  '25 / 100 = 25%',
  '5 / 20 * 100 = 25',
  '**3 + 4 = 7**',
  '- 3 + 4 = 7',
  '1. 3 + 4 = 7',
  '5 apples * 3 = 15 apples',
  '320 ft³ / 2 = 160 bags',
  '1 + 2 = 3 = 6 / 2',
  '4 = 2 + 2',
  'a total of 8*3 = 24 crayons',
  '{"answer": "3 + 4 = 7"}',
]

const wrong = [
  ['12*7=82', '12*7=82 (right: 84)'],
  ['11551 is not divisible by 7 (11551 / 7 = 1643)', '11551 / 7 = 1643 (right: 1650.142857)'],
  ['100 / 7 = 14.1, which is not an integer', '100 / 7 = 14.1 (right: 14.28571429)'],
  ['3 + 4 = 8', '3 + 4 = 8 (right: 7)'],
  ['<<3+4=8>>8', '3+4=8 (right: 7)'],
  ['so $1,200 / 4 = $250.', '$1,200 / 4 = $250 (right: 300)'],
  ['\\frac{12}{4} = 4', '\\frac{12}{4} = 4 (right: 3)'],
  ['(2 + 3) * 4 = 14', '(2 + 3) * 4 = 14 (right: 20)'],
  ['2 + 3 * 4 = 20', '2 + 3 * 4 = 20 (right: 14)'],
  ['15% of 80 = 14', '15% of 80 = 14 (right: 12)'],
  ['20% * 40% = 80%', '20% * 40% = 80% (right: 8%)'],
  ['5 apples * 3 = 16 apples', '5 apples * 3 = 16 (right: 15)'],
  ['1/3 = 0.35', '1/3 = 0.35 (right: 0.3333333333)'],
  ['0.1 + 0.2 = 0.4', '0.1 + 0.2 = 0.4 (right: 0.3)'],
  ['5² + 2² = 27', '5² + 2² = 27 (right: 29)'],
  ['1 + 2 = 3 = 9 - 1', '3 = 9 - 1 (right: 8)'],
  ['999999999999 + 1 = 1000000000001', '999999999999 + 1 = 1000000000001 (right: 1000000000000)'],
] as const

const skipped = {
  'whole quotients and remainders': ['7 / 2 = 3', '17 % 5 = 2', '17 mod 5 = 3', '7 // 2 = 4', '40,000 / 1.3 = 30,800'],
  variables: [
    '2x + 3 = 7',
    'x = 5',
    'x_1 + 3 = 8',
    'n - 3 + 4 = 8',
    '`n` - 3 + 1 = 5',
    '3 + 4 = 8x',
    '2x1 + 3x2 = 12',
    '1/2AB = 3',
  ],
  functions: ['f(3) = 3 + 5', 'max(3, 4) + 1 = 6', 'sum(3 + 4) = 8', '\\sqrt{3 + 4} = 7', '|3 - 5| = 3', '3! + 1 = 8'],
  code: ['y = 3 + 4', 'assert f(3) == 7', 'if 3 + 4 == 8', 'a += 3 = 4', '5 & 3 = 2', '1 << 3 = 9'],
  'other relations': [
    '3 + 4 < 8',
    '3 + 4 <= 8',
    '3 + 4 != 8',
    '3 + 4 ≠ 8',
    '3 + 4 ≈ 8',
    '3 + 4 = 0 \\pmod 7',
    '3 + 4 = 2 (mod 5)',
  ],
  'what is not asserted': [
    'if 2+2=5, then',
    'suppose 2 + 2 = 5',
    'is it true that 3*4=13?',
    'it is not true that 3*4=13',
    '3*4=13 is false',
    '3 * 4 = 13.\n\nThis is not true',
  ],
  'other digits': [
    '1011 + 1 = 1100 in binary',
    '007 + 1 = 9',
    '3:15 + 20 = 40',
    '1,23 + 1 = 5',
    '1, 234 + 1 = 1, 235',
    '1.2.3 + 1 = 4',
  ],
  'more than the digits': [
    'half of 6 + 4 = 5',
    '3 dozen + 4 = 40',
    '1 + 2 + ... + 10 = 56',
    '2 1/2 + 1 = 4',
    '2\\frac{1}{2} + 1 = 4',
  ],
  'two readings': [
    '8^1/3 = 3',
    '-3^2 = 9',
    '2^3^2 = 65',
    '6/2(3) = 2',
    '10-15 = 6 pages',
    'Step 1 - 3 + 4 = 8',
    '1.500 / 3 = 500',
    '3 and 2 apples + 4 = 9',
  ],
  units: [
    '2 hours * 60 = 3 days',
    '$1.25 * 100 = 125 cents',
    '$100 + 10% = $110',
    '3 hours - 20 minutes = 2 hours',
    '5 / 20 * 100 = 25%',
  ],
  'runs on': ['3 + 4 = 7 * 2', 'exactly 35/40 = 87.5% of 40'],
  lists: ['(1, 2) + (3, 4) = (4, 7)', '{1, 2} + 3 = 5', '40 presses (20 * 2) = 200'],
  'no number to tell': [
    '1/0 = 5',
    '0/0 = 3',
    '12345678901234567 + 1 = 3',
    '3 + 4 =\n8',
    '200 * 3.33 = 666.67',
    '0 = 3 - 4',
  ],
}

describe('checkStatements', () => {
  test.each(holding)('finds nothing wrong in %j', (text) => {
    const { checked, wrong } = checkStatements(text)
    expect({ checked: checked > 0, wrong }).toEqual({ checked: true, wrong: 0 })
  })

  test.each(wrong)('finds %j wrong', (text, quote) => {
    expect(checkStatements(text)).toMatchObject({ wrong: 1, firstWrong: quote })
  })

  for (const [kind, texts] of Object.entries(skipped))
    test.each(texts)(`skips ${kind}: %j`, (text) => {
      expect(checkStatements(text)).toEqual({ checked: 0, wrong: 0, firstWrong: null })
    })

  test('reads on where a chain calculates on', () => {
    expect(checkStatements('3 + 4 = 7 * 2 = 14')).toMatchObject({ checked: 1, wrong: 0 })
    expect(checkStatements('2 adults * $26 = $52 + 2 children * $12 = $24')).toMatchObject({ wrong: 0 })
  })

  test('says nothing of a long text that ends within a statement', () => {
    const before = 'We look at every number in turn and square its digits.\n'.repeat(10)
    expect(checkStatements(`${before}5² + 8² = 25`)).toMatchObject({ wrong: 0 })
    expect(checkStatements(`${before}5² + 8² = 25.`)).toMatchObject({ wrong: 1 })
  })

  test('quotes the first wrong statement, arithmetic or date, in 80 characters', () => {
    const sum = `${'1 + '.repeat(30)}1 = 82`
    const { wrong, firstWrong } = checkStatements(`${sum}. On 2023-02-30, 3 + 4 = 8.`)
    expect(wrong).toBe(3)
    expect(firstWrong).toMatch(/^….* = 82 \(right: 31\)$/)
    expect(firstWrong).toHaveLength(80)
    expect(checkStatements('On 2023-02-30, 3 + 4 = 8.').firstWrong).toBe('2023-02-30 (right: that month has 28 days)')
  })

  test('counts every statement', () => {
    expect(checkStatements('3 + 4 = 7, 3 * 4 = 12 and 2 * 2 = 5 on 2024-02-29')).toMatchObject({ checked: 4, wrong: 1 })
  })
})
