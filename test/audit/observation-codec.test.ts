import { describe, expect, it } from 'vitest'
import { type Observation, observationCodec } from '../../src/audit/observation.js'
import type { PartialConfig } from '../../src/config/partial.js'
import { harbourObservation } from './harbours.js'
import { makeCase, makeSample } from './support.js'

const ship = (id: string, output: string, task = 'cork') =>
  makeCase(id, { baseline: [makeSample()], tuned: [makeSample({ output })] }, { task })

const codecOf = (config: PartialConfig = {}) => observationCodec(() => harbourObservation(config))
const copy = (written: unknown) => JSON.parse(JSON.stringify(written))

function observed(output: string, config: PartialConfig = {}): Observation {
  const observation = harbourObservation(config)
  observation.observe(ship('a', output))
  return observation
}

describe('observationCodec', () => {
  it('goes on counting after it was read', () => {
    const read = codecOf().read(copy(codecOf().write(observed('late'))))
    read.observe(ship('b', 'late'))
    const whole = observed('late')
    whole.observe(ship('b', 'late'))
    expect(codecOf().write(read)).toEqual(codecOf().write(whole))
  })

  it('brings back the error by which a detector ended, with its stack', () => {
    const observation = observed('throw no horn')
    const error = observation.crashed.get('foghorn')
    const read = codecOf()
      .read(copy(codecOf().write(observation)))
      .crashed.get('foghorn')
    expect(read).toBeInstanceOf(Error)
    expect(read).toMatchObject({ message: 'no horn', stack: error instanceof Error && error.stack })
  })

  it('brings back what is thrown and no error as its text, without a stack', () => {
    const read = codecOf().read(copy(codecOf().write(observed('throw'))))
    expect(read.crashed.get('foghorn')).toMatchObject({ message: 'no error', stack: '' })
  })

  it('refuses a detector that is off now', () => {
    const written = copy(codecOf().write(observed('late')))
    const off = codecOf({ detectors: { foghorn: { level: 'off' } } })
    expect(() => off.read(written)).toThrow('a detector that is off')
  })

  it('refuses a task in which a detector is missing', () => {
    const off: PartialConfig = { detectors: { foghorn: { level: 'off' } } }
    const written = copy(codecOf(off).write(observed('late', off)))
    expect(() => codecOf().read(written)).toThrow('a detector is missing')
  })
})
