import { describe, expect, it } from 'vitest'
import { contentsOf, LOOKED_AT } from '../../../src/text/prompt/shape.js'

describe('contentsOf', () => {
  it.each([
    ['Tell me of the tides', []],
    ['Which harbour is the deepest?', ['question mark']],
    ['最も深い港はどこですか？', ['question mark']],
    ['List 3 harbours', ['numbers']],
    ['What is 12*7?', ['mathematics', 'numbers', 'question mark']],
    ['Solve \\(x^2 = y\\)', ['mathematics', 'numbers']],
    ['Let $\\frac{a}{b}$ be given', ['mathematics']],
    ['It costs $5 or $6 in Cork', ['numbers']],
    ['Explain\n```\nls\n```', ['code', 'code fence']],
    ['Explain\ndef tide(height):\n    return height', ['code']],
    ['def tide(height): return height', ['code']],
    ['return the boat to the quay', []],
    ['Go on\nfor each harbour in the list:\nname it', []],
    ['Fill in {"port": "Cork"}', ['JSON']],
    ['Use {braces} freely', []],
    ['Sort:\n- Cork\n- Kinsale', ['list']],
    ['One:\n- Cork', []],
    ['| port | tide |\n|---|---|\n| Cork | high |', ['table']],
    ['', []],
  ] as const)('of %j', (prompt, contents) => {
    expect(contentsOf(prompt)).toEqual(contents)
  })

  it('looks at the first characters only', () => {
    expect(contentsOf(`${'tide '.repeat(LOOKED_AT)}?`)).toEqual([])
  })

  it.each(['\n', '(', '{ "', '$', '| ', '\\(', '1 + ', '`', '- a\n', 'if '])(
    'takes bounded time on many %j',
    (piece) => {
      const began = process.cpuUsage()
      contentsOf(piece.repeat(200_000))
      expect(process.cpuUsage(began).user / 1e6).toBeLessThan(1)
    },
  )
})
