import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CommandContext } from '../../src/commands/context.js'
import { type ExplainFlags, explainCommand } from '../../src/commands/explain.js'
import { detectors } from '../../src/detectors/index.js'

const root = resolve(import.meta.dirname, '../..')

async function explain(name?: string, flags: ExplainFlags = {}): Promise<string> {
  let text = ''
  const context = { out: (part: string) => (text += part), cwd: root } as unknown as CommandContext
  expect(await explainCommand(name, flags, context)).toBe(0)
  return text
}

describe('explain', () => {
  it('lists every detector and measure', async () => {
    const text = await explain()
    for (const detector of detectors) {
      expect(text).toContain(detector.id)
      for (const { id } of detector.prepare(detector.defaults).measures) expect(text).toContain(id)
    }
  })

  it.each(detectors.map(({ id, docs }) => [id, docs] as const))(
    '%s prints why, how, limits, sources, options and defaults',
    async (id, docs) => {
      const text = (await explain(id)).replace(/\n(?! )/g, ' ')
      for (const part of [docs.why, docs.how, docs.limits, 'Sources.', 'Options.']) expect(text).toContain(part)
    },
  )

  it('of a measure prints its role, margin and the config that changes it', async () => {
    expect(await explain('brier-score')).toMatch(/role {7}guarded\n {2}margin {5}0\.05/)
    expect(await explain('brier-score')).toContain('--margin brier-score=')
  })

  it.each([
    ['expires', /^waivers\[\]\.expires \(in the config\)\n {2}The last day/],
    ['alpha', /\n {2}type number; values > 0, ≤ 0\.25; default 0\.05\n$/],
    ['pairing', /\nKeys\.\n {2}pairing\.minCoverage\n {4}Share of either/],
    ['rules', /\n {2}detectors\.infeasible-content\.options\.rules\[\]\.expression\n/],
  ])('of the key %s says what it is and takes, and what is within it', async (key, says) => {
    expect(await explain(key)).toMatch(says)
  })

  it('names the nearest for a name that is not known', async () => {
    await expect(explain('brier')).rejects.toThrow('Did you mean "brier-score"?')
  })
})
