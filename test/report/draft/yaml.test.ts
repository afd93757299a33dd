import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../../src/config/document.js'
import type { Json } from '../../../src/domain/json.js'
import { yamlEntry } from '../../../src/report/draft/yaml.js'

describe('yamlEntry', () => {
  it('is read back as it was, whatever the keys and texts', () => {
    const text = fc.string({ unit: 'binary', maxLength: 20 })
    const value: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        text,
        fc.boolean(),
        fc.constant(null),
        fc.integer(),
        fc.array(text, { maxLength: 30 }),
        fc.dictionary(text, tie('value'), { maxKeys: 4 }),
      ),
    })).value
    fc.assert(
      fc.property(text, value, (key, data) => {
        const lines = yamlEntry(key, data, '')
        expect(parseConfig('drafted.yaml', lines.join('\n')).data).toEqual(JSON.parse(JSON.stringify({ [key]: data })))
      }),
    )
  })

  it.each(['true', 'null', '1', '~', 'a: b', '# rain', '', '\ud800', '\u202edry', 'on', '- x'])('quotes %j', (text) => {
    expect(parseConfig('drafted.yaml', yamlEntry(text, text, '').join('\n')).data).toEqual({ [text]: text })
  })
})
