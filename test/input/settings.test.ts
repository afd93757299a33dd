import { describe, expect, it } from 'vitest'
import { settingsOf, withFileSettings } from '../../src/input/settings.js'
import { readingOf } from './weather.js'

const pairs = (meta: unknown) => settingsOf(meta).map(({ key, value }) => [key, value])

describe('settingsOf', () => {
  const rows: readonly (readonly [string, unknown, readonly (readonly [string, string])[]])[] = [
    ['takes known names alone', { temperature: 0.7, mood: 'calm', model: 'fog-7b' }, [['temperature', '0.7']]],
    ['follows objects by path', { decoding: { top_p: 0.9 } }, [['decoding.top_p', '0.9']]],
    ['joins two keys to a name', { judge: { model: 'owl', verdict: 'C' } }, [['judge.model', '"owl"']]],
    [
      'reads every spelling of a name',
      { gen: { maxNewTokens: 64 }, 'Top-P': 1 },
      [
        ['gen.max_new_tokens', '64'],
        ['top_p', '1'],
      ],
    ],
    ['takes null for unknown', { temperature: null }, []],
    ['compares lists as sets', { stop: ['\n', 'Q:', '\n'] }, [['stop', '["Q:", "\\n"]']]],
    [
      'reads numbers in quotes where they decode',
      { temperature: '0.0', dataset_version: '1.10' },
      [
        ['dataset_version', '"1.10"'],
        ['temperature', '0'],
      ],
    ],
    [
      'takes objects that are settings themselves whole',
      { logitBias: { b: 1, a: -1 } },
      [['logit_bias', '{"a":-1,"b":1}']],
    ],
    [
      'leaves a model its own version',
      { model: { name: 'fog', revision: 'r2', temperature: 1 } },
      [['model.temperature', '1']],
    ],
    [
      'tells dots in keys from paths',
      { 'a.b': { seed: 1 }, a: { b: { seed: 2 } } },
      [
        ['a.b.seed', '2'],
        ['a~1b.seed', '1'],
      ],
    ],
    ['takes keys such as __proto__ as data', JSON.parse('{"__proto__": {"seed": 3}}'), [['__proto__.seed', '3']]],
    ['reads nothing from what is no object', 'temperature', []],
    ['reads nothing from a list', [{ temperature: 1 }], []],
  ]
  it.each(rows)('%s', (_, meta, expected) => {
    expect(pairs(meta)).toEqual(expected)
  })

  it('says which differences decide', () => {
    expect(settingsOf({ seed: 1, temperature: 1, split: 'test', chat_template_sha: 'a1', revision: 'main' })).toEqual([
      { key: 'chat_template_sha', kind: 'template', decides: true, value: '"a1"' },
      { key: 'revision', kind: 'data', decides: false, value: '"main"' },
      { key: 'seed', kind: 'decoding', decides: false, value: '1' },
      { key: 'split', kind: 'data', decides: true, value: '"test"' },
      { key: 'temperature', kind: 'decoding', decides: true, value: '1' },
    ])
  })

  it('cuts long values and tells them apart', () => {
    const long = (end: string) => settingsOf({ system_prompt: `${'You forecast rain. '.repeat(500)}${end}` })[0]!.value
    expect(long('Please.').length).toBeLessThan(120)
    expect(long('Please.')).toBe(long('Please.'))
    expect(long('Please.')).not.toBe(long('Please!'))
  })

  it('does not follow objects without end', () => {
    let nested: object = { seed: 1 }
    for (let i = 0; i < 100_000; i++) nested = { nested }
    expect(settingsOf(nested)).toEqual([])
  })
})

describe('the settings of a record', () => {
  it('stand above those of its file', () => {
    const own = settingsOf({ temperature: 0, seed: 1 })
    const file = settingsOf({ temperature: 1, top_p: 0.9 })
    expect(withFileSettings(own, file).map(({ key, value }) => [key, value])).toEqual([
      ['seed', '1'],
      ['temperature', '0'],
      ['top_p', '0.9'],
    ])
  })

  it('are read from meta, or from where --fields says', () => {
    const record = { id: 'a', output: 'rain', meta: { temperature: 0 }, run: { config: { top_k: 5 } } }
    const settings = (config = {}) => readingOf(record, config).sample.settings.map(({ key }) => key)
    expect(settings()).toEqual(['temperature'])
    expect(settings({ input: { fields: { meta: '/run/config' } } })).toEqual(['top_k'])
  })
})
