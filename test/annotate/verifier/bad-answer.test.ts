import { describe, expect, it } from 'vitest'
import { ask, faultOf, requestOf, usePrograms, verdicts } from './programs.js'

const { program } = usePrograms()

const FIELDS: [body: string, message: string][] = [
  [`answer({})`, 'Its answer has no "feasible": that must be true or false.'],
  [`answer({ feasible: 'yes' })`, 'Its answer has "yes" for "feasible": that must be true or false.'],
  [`answer({ feasible: null })`, 'Its answer has null for "feasible": that must be true or false.'],
  [`answer({ feasible: true, valid: 1 })`, 'Its answer has 1 for "valid": that must be true, false or null.'],
  [
    `answer({ feasible: true, violations: 'low' })`,
    'Its answer has "low" for "violations": that must be an array of strings.',
  ],
  [
    `answer({ feasible: true, violations: [1] })`,
    'Its answer has an array of 1 for "violations": that must be an array of strings.',
  ],
  [
    `print('{"feasible":true,"objective":1e999}\\n')`,
    'Its answer has Infinity for "objective": that must be a finite number or null.',
  ],
]

const LINES: [body: string, message: string][] = [
  [`print('high\\u001b[31m\\n')`, 'It answered "high\\u001b[31m", which is no JSON object in UTF-8.'],
  [`print('\\n')`, 'It answered "", which is no JSON object in UTF-8.'],
  [`print('{"feasible":true\\n')`, 'It answered "{\\"feasible\\":true", which is no JSON object in UTF-8.'],
  [`answer([true])`, 'It answered "[true]", which is no JSON object in UTF-8.'],
  [`print('{"feasible":NaN}\\n')`, 'It answered "{\\"feasible\\":NaN}", which is no JSON object in UTF-8.'],
  [`print(Buffer.from('{"feasible":true,"x":"\\xe9"}\\n', 'latin1'))`, 'which is no JSON object in UTF-8.'],
  [
    `print('checking\\n{"feasible":true}\\n')`,
    'It answered one request with more than one line: "checking\\n{\\"feasible\\":true}\\n". Print what is no answer to standard error.',
  ],
  [`print('{"feasible":true}\\n{"feasible"')`, 'It answered one request with more than one line:'],
  [`print('x'.repeat(2 ** 21))`, `Its answer is longer than 1048576 bytes: "${'x'.repeat(79)}….`],
  [
    `print(JSON.stringify({ feasible: true, x: 'x'.repeat(2 ** 20) }) + '\\n')`,
    'Its answer is longer than 1048576 bytes',
  ],
]

describe('an answer that is none', () => {
  it.each([...FIELDS, ...LINES])('(%s) is quoted', async (body, message) => {
    const bad = program(`if (output === 'bad') { ${body}; return } answer({ feasible: true })`)
    expect(await verdicts(bad, ['good'])).toEqual(['yes'])
    const said = await faultOf(bad, 'bad')
    expect(said).toMatch(/^bad-answer: /)
    expect(said).toContain(message)
    expect(await verdicts(bad, ['good'])).toEqual(['yes'])
  })

  it('is what comes without being asked: a fault of the next request, in whose place it would stand', async () => {
    const eager = program(`answer({ feasible: true })
      if (output === 'bad') setTimeout(() => answer({ feasible: false }), 50)`)
    expect(await verdicts(eager, ['good', 'bad'])).toEqual(['yes', 'yes'])
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(await faultOf(eager, 'good')).toBe(
      'bad-answer: It wrote "{\\"feasible\\":false}\\n" without being asked. Print what is no answer to standard error.',
    )
    expect(await verdicts(eager, ['good'])).toEqual(['yes'])
  })

  it('is not one with more keys, a byte order mark, or carriage returns', async () => {
    const odd = program(`print('\\ufeff{"feasible":true,"error":null,"seconds":3}\\r\\n')`)
    expect(await verdicts(odd, ['1:00', '2:00'])).toEqual(['yes', 'yes'])
  })

  it('is not one that says that it could not judge: the process goes on', async () => {
    const honest = program(
      `answer(heard === 1 ? { error: 'no table\\u202e for Mars' } : { feasible: true, objective: heard })`,
    )
    expect(await faultOf(honest, '1:00')).toBe('crashed: It could not judge: no table\\u202e for Mars')
    expect(await honest.verify(requestOf('2:00'))).toMatchObject({ objective: 2 })
  })

  it('is not one of a megabyte of violations: the first are kept, in part', async () => {
    const wordy = program(`answer({ feasible: false, violations: Array(30).fill('🌊'.repeat(5000)) })`)
    const [said] = await ask(wordy, ['1:00'])
    expect(said).toMatchObject({ violations: Array(20).fill(`${'🌊'.repeat(120)}…`) })
  })
})
