import { describe, expect, it } from 'vitest'
import { placeOf, preparing } from '../../src/audit/observation.js'
import { resolvePolicy } from '../../src/config/resolve.js'
import { taskPolicies } from '../../src/config/tasks.js'
import { murmur128 } from '../../src/domain/hash.js'
import { foghorn, HARBOUR, lateShips } from './harbours.js'
import { makeCase, makeSample } from './support.js'

const ship = (id: string, task: string, cluster: string | null = null) =>
  makeCase(id, { baseline: [makeSample()], tuned: [makeSample()] }, { task, cluster })

describe('placeOf', () => {
  it('hashes task and id, with NUL between them, and takes the bucket from the first word', () => {
    const [first, second, third] = murmur128('cork\u0000a')
    expect(placeOf(ship('a', 'cork'))).toEqual({
      cluster: first,
      bucket: first % 128,
      hash: second,
      sampleHash: third,
    })
    expect(placeOf(ship('b c', 'a'))).not.toEqual(placeOf(ship('c', 'a b')))
  })

  it('puts cases of one cluster into one bucket, of every task, and orders them as ever', () => {
    const [one, other] = [placeOf(ship('a', 'cork', 'convoy')), placeOf(ship('b', 'sligo', 'convoy'))]
    const [cluster] = murmur128('convoy')
    for (const place of [one, other]) expect(place).toMatchObject({ cluster, bucket: cluster % 128 })
    const alone = placeOf(ship('a', 'cork'))
    expect([one.hash, one.sampleHash]).toEqual([alone.hash, alone.sampleHash])
    expect(one.hash).not.toBe(other.hash)
  })

  it('takes a cluster without a name for one cluster', () => {
    expect(placeOf(ship('a', 'cork', '')).cluster).toBe(placeOf(ship('b', 'cork', '')).cluster)
  })
})

describe('preparing', () => {
  const policyOf = taskPolicies(
    resolvePolicy(
      {
        overrides: [
          { tasks: 'sligo', detectors: { 'late-ships': { options: { port: 'Sligo' } } } },
          { tasks: 'avoca', detectors: { 'late-ships': { level: 'off' } } },
          { tasks: 'quiet', detectors: { 'late-ships': { level: 'warn' } } },
        ],
      },
      HARBOUR,
    ),
  )

  it('prepares a detector once for the same options', () => {
    const prepare = preparing()
    const cork = prepare(lateShips, policyOf('cork'))
    expect(cork).not.toBeNull()
    expect(prepare(lateShips, policyOf('youghal'))).toBe(cork)
    expect(prepare(lateShips, policyOf('quiet'))).toBe(cork)
    expect(prepare(lateShips, policyOf('sligo'))).not.toBe(cork)
    expect(prepare(foghorn, policyOf('cork'))).not.toBe(cork)
  })

  it('is null for a detector that is off, or that the policy does not know', () => {
    expect(preparing()(lateShips, policyOf('avoca'))).toBeNull()
    expect(preparing()({ ...lateShips, id: 'buoys' }, policyOf('cork'))).toBeNull()
  })
})
