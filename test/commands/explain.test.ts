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

  it('names the nearest for a name that is not known', async () => {
    await expect(explain('brier')).rejects.toThrow('Did you mean "brier-score"?')
  })
})
