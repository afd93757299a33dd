import { describe, expect, test } from 'vitest'
import { weekdayOf } from '../../../src/detectors/infeasible-content/statements/calendar.js'
import { checkStatements } from '../../../src/detectors/infeasible-content/statements/index.js'

const existing = [
  '2023-02-28',
  '2024-02-29',
  '2000-02-29',
  '2024-02-29T10:00:00Z',
  '{"date": "2024-05-20"}',
  'February 29, 2024',
  'Feb. 29th, 2024',
  '30 June 2023',
  'the 31st of May',
  '31/12/2023',
  '12/31/2023',
  'Wednesday, March 3, 2021',
  'Monday 1 March 2021',
  'Monday, March 3, 1500',
]

const impossible = [
  ['2023-02-30', 'that month has 28 days'],
  ['2023-04-31T10:00', 'that month has 30 days'],
  ['1900-02-29', 'that month has 28 days'],
  ['on February 30, 2023.', 'that month has 28 days'],
  ['Feb. 30, 2024', 'that month has 29 days'],
  ['30 February 2023', 'that month has 28 days'],
  ['31/04/2023', 'that month has 30 days'],
  ['04/31/2023', 'that month has 30 days'],
  ['June 31st', 'that month has 30 days'],
  ['the 31st of September', 'that month has 30 days'],
  ['Monday, March 3, 2021', 'a Wednesday'],
  ['Sunday, 3 March 2021', 'a Wednesday'],
] as const

const elsewhere = [
  'version 2023-13-45',
  'case 2023-00-00',
  '12/12/2023',
  '13/13/2023',
  '/2023-02-30/',
  'a.b/2023/02/30',
  'v2023-02-30',
  '2023-02-30.log',
  '2023-02-30-17',
  'https://example.org/?d=2023-02-30',
  'there is no February 30, 2023',
  'February 30, 2023 does not exist',
  'if it were February 30, 2023',
  'February 29, 1700',
  'February 30, 1712',
  'April 31 showers',
  'In April 2023',
  'May 2023',
  'in March 31.5 points',
]

describe('checkStatements on dates', () => {
  test.each(existing)('lets %j stand', (text) => {
    expect(checkStatements(text)).toMatchObject({ checked: 1, wrong: 0 })
  })

  test.each(impossible)('finds %j wrong', (text, right) => {
    const found = checkStatements(text)
    expect(found).toMatchObject({ checked: 1, wrong: 1 })
    expect(found.firstWrong).toContain(`(right: ${right})`)
  })

  test.each(elsewhere)('takes %j for no date that can be checked', (text) => {
    expect(checkStatements(text)).toMatchObject({ checked: 0, wrong: 0 })
  })

  test('weekdayOf agrees with Date on every day of 1753 to 2100', () => {
    for (let time = Date.UTC(1753, 0, 1); time < Date.UTC(2100, 0, 1); time += 86_400_000) {
      const date = new Date(time)
      const weekday = weekdayOf(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate())
      if (weekday !== date.getUTCDay()) expect(weekday, date.toISOString()).toBe(date.getUTCDay())
    }
  })
})
