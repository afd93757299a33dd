import { describe, expect, it } from 'vitest'
import { scriptOf } from '../../../src/text/prompt/script.js'

describe('scriptOf', () => {
  it.each([
    ['Which harbour is the deepest?', 'Latin'],
    ['Où est le port ?', 'Latin'],
    ['Где самый глубокий порт', 'Cyrillic'],
    ['Ποιο λιμάνι είναι το βαθύτερο', 'Greek'],
    ['ما هو أعمق ميناء', 'Arabic'],
    ['מהו הנמל העמוק ביותר', 'Hebrew'],
    ['सबसे गहरा बंदरगाह', 'Devanagari'],
    ['ท่าเรือที่ลึกที่สุด', 'Thai'],
    ['가장 깊은 항구는', 'Hangul'],
    ['最も深い港はどこですか', 'Japanese'],
    ['港湾管理者名一覧表を', 'Japanese'],
    ['最深的港口在哪里', 'Han'],
    ['ყველაზე ღრმა პორტი', 'other'],
    ['Translate into Russian: порт', 'Latin'],
    ['12 + 30', null],
    ['', null],
    ['\ud800', null],
  ] as const)('of %j is %s', (text, script) => {
    expect(scriptOf(text)).toBe(script)
  })
})
