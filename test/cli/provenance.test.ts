import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { audit } from './run.js'

/** A hundred sightings by one observer. */
const log = (model: (i: number) => string | undefined, reverse = false) => {
  const lines = Array.from({ length: 100 }, (_, i) =>
    JSON.stringify({ id: `bird-${i}`, output: `a gull, ${i}`, correct: i % 7 > 0, model: model(i) }),
  )
  return `${(reverse ? lines.toReversed() : lines).join('\n')}\n`
}

describe('whose outputs were compared', () => {
  it('is counted by name in each arm, in any order of records', async () => {
    const mixed = (i: number) => (i < 30 ? 'tern-2' : 'tern-1')
    for (const reverse of [false, true]) {
      const { report } = await audit({ 'before.jsonl': log(() => 'tern-1'), 'after.jsonl': log(mixed, reverse) })
      expect(report!.inputs.models).toEqual({
        baseline: { count: 1, first: [{ name: 'tern-1', records: 100 }] },
        tuned: {
          count: 2,
          first: [
            { name: 'tern-1', records: 70 },
            { name: 'tern-2', records: 30 },
          ],
        },
      })
      expect(report!.notices.map(({ code }) => code)).not.toContain('same-model')
    }
  })

  it('is a notice where both arms name the same one, and no unused column', async () => {
    const both = { 'before.jsonl': log(() => 'tern-1'), 'after.jsonl': log(() => 'tern-1', true) }
    const { report, stdout } = await audit(both)
    expect(report!.notices).toContainEqual({ code: 'same-model', name: 'tern-1' })
    expect(stdout).not.toContain('columns not used')
  })
})

describe('where the policy comes from', () => {
  it('is the config files with their digests, extended ones after the one that names them', async () => {
    const files = {
      'before.jsonl': log(() => undefined),
      'after.jsonl': log(() => undefined),
      'tuneaudit.config.yaml': 'extends: ./shared.yaml\n',
      'shared.yaml': 'detectors: {cross-task-regression: {margins: {score: .1}}}\n',
    }
    const { report } = await audit(files, ['--allow-identical'])
    const digest = (text: string) => createHash('sha256').update(text).digest('hex')
    expect(report!.inputs.config).toEqual(
      (['tuneaudit.config.yaml', 'shared.yaml'] as const).map((path) => ({ path, sha256: digest(files[path]) })),
    )
    expect(report!.findings.find(({ measure }) => measure === 'score')).toMatchObject({ marginFrom: 'config' })
  })
})
