import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { ENVELOPE_SCHEMA } from '../../src/input/formats/envelope.js'
import { compileLater } from '../../src/input/own-schema.js'
import { RECORD_SCHEMA } from '../../src/input/record-schema.js'
import { VERIFICATION_SCHEMA } from '../../src/input/verification.js'

describe('the schemas of what is read', () => {
  it.each([
    ['a record', RECORD_SCHEMA],
    ['a verdict', VERIFICATION_SCHEMA],
    ['an envelope', ENVELOPE_SCHEMA],
  ])('of %s is one by JSON Schema itself, which runs do not check', (_, schema) => {
    const ajv = new Ajv({ strict: true, allowUnionTypes: true })

    expect(ajv.validateSchema(schema), ajv.errorsText()).toBe(true)
  })

  it('refuse what does not fit, however late they were compiled', () => {
    const isVerdict = compileLater<{ feasible: boolean }>(VERIFICATION_SCHEMA)

    expect(isVerdict({ feasible: 'yes' })).toBe(false)
    expect(isVerdict({ feasible: true })).toBe(true)
  })
})
