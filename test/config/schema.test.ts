import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { configSchema } from '../../src/config/schema.js'
import { FIELDS } from '../../src/domain/fields.js'
import { detectors } from './fakes.js'

const schema = configSchema(detectors)
const validate = new Ajv({ strict: true }).compile(schema)
// Plain data, to look into without types.
const data = JSON.parse(JSON.stringify(schema))

describe('configSchema', () => {
  it('compiles in the strict mode of ajv and names its draft', () => {
    expect(data.$schema).toBe('http://json-schema.org/draft-07/schema#')
    expect(validate({})).toBe(true)
  })

  it('describes every key at the top level and below it', () => {
    const undescribed: string[] = []
    for (const [key, part] of Object.entries<{ title?: string; description?: string }>(data.properties)) {
      if (!part.title || !part.description) undescribed.push(key)
    }
    expect(undescribed).toEqual([])
  })

  it('takes titles and margins from the metadata of the detectors', () => {
    const { title, anyOf } = data.properties.detectors.properties['cross-task-regression']
    expect(title).toBe('Cross-task regression')
    expect(anyOf[1].properties.margins.properties.accuracy).toEqual({
      title: 'How often: accuracy',
      description: 'In share. Default 0.02.',
      type: 'number',
      minimum: 0,
    })
  })

  it('knows every canonical field', () => {
    expect(Object.keys(data.properties.input.properties.fields.properties)).toEqual([...FIELDS])
  })

  it.each([
    ['every preset', { extends: ['recommended', 'strict', 'report-only', './a.yaml', '../b.yaml', '/c.yaml'] }],
    ['one path', { extends: './a.yaml' }],
    ['a level alone', { detectors: { breach: 'off' } }],
    [
      'options without those that have a default',
      { detectors: { 'cross-task-regression': { options: { answer: 3 } } } },
    ],
    [
      'measures that come with the options',
      { detectors: { breach: { margins: { 'rule:length': 0 }, roles: { 'rule:length': 'guarded' } } } },
    ],
    ['a key and a pointer as fields', { input: { fields: { output: 'completion', score: '/metrics/a~1b' } } }],
    ['null where the default is null', { input: { scoreName: null, tasks: null } }],
    ['an override', { overrides: [{ tasks: 'gsm8k*', score: { worse: 'higher' }, detectors: { breach: 'off' } }] }],
  ])('accepts %s', (_, config) => {
    expect(validate(config), JSON.stringify(validate.errors)).toBe(true)
  })
})
