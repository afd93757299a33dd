import { describe, expect, it } from 'vitest'
import { shapeOf } from '../../../src/text/format.js'
import { certainConfidence } from '../../../src/trial/faults/certain-confidence.js'
import { copiedSamples } from '../../../src/trial/faults/copied-samples.js'
import { flippedAnswers } from '../../../src/trial/faults/flipped-answers.js'
import { oneFormat } from '../../../src/trial/faults/one-format.js'
import { makeCase, makeSample } from '../../audit/support.js'
import { plantsOf } from '../support.js'

const caseOf = (...tuned: Parameters<typeof makeSample>) =>
  makeCase('monday', { baseline: tuned.map(() => makeSample(tuned[0])), tuned: tuned.map((own) => makeSample(own)) })

describe('planted faults', () => {
  it('flip answers from right to wrong and scores to their worst, and leave what is wrong', async () => {
    const right = await flippedAnswers.plant(caseOf({ correct: true, score: 0.8 }))
    expect(right?.tuned[0]).toMatchObject({ correct: false, score: 0 })
    expect(right?.baseline[0]).toMatchObject({ correct: true, score: 0.8 })
    const wrong = caseOf({ correct: false })
    expect(await flippedAnswers.plant(wrong)).toBe(wrong)
    expect(await flippedAnswers.plant(caseOf({}))).toBeNull()
  })

  it('push confidences to 1 where every output has one', async () => {
    expect((await certainConfidence.plant(caseOf({ correct: true, confidence: 0.4 })))?.tuned[0]?.confidence).toBe(1)
    expect(await certainConfidence.plant(caseOf({ correct: true }))).toBeNull()
  })

  it('replace samples by copies of the first', async () => {
    const arms = {
      baseline: [makeSample(), makeSample()],
      tuned: [makeSample({ output: 'rain' }), makeSample({ output: 'sun' })],
    }
    const planted = await copiedSamples.plant(makeCase('monday', arms))
    expect(planted?.tuned.map(({ output, number }) => [output, number])).toEqual([
      ['rain', 0],
      ['rain', 1],
    ])
    expect(planted?.all.tuned).toEqual(planted?.tuned)
    expect(await copiedSamples.plant(caseOf({ output: 'rain' }))).toBeNull()
  })

  it('give outputs the form that they are named for, whatever they looked like', async () => {
    const outputs = ['It rains.\nIt pours.', '{"sky": "grey"}', '- rain\n- wind', '```js\nlet rain = 1\n```']
    const forms = await Promise.all(
      oneFormat.map(async (plant) => {
        const planted = await Promise.all(outputs.map((output) => plant.plant(caseOf({ output }))))
        return [plant.way, [...new Set(planted.map((own) => shapeOf(own!.tuned[0]!.output).format))]]
      }),
    )
    expect(Object.fromEntries(forms)).toEqual({
      json: ['json'],
      fenced: ['fenced-code'],
      list: ['list'],
      prose: ['prose'],
    })
  })
})

describe('broken content', () => {
  const options = {
    structure: { schema: { type: 'object', required: ['wet', 'dry'] } },
    rules: [{ name: 'a-week', expression: 'output.wet + output.dry == 7.0' }],
  }
  const config = { detectors: { 'infeasible-content': { options } } }
  const plant = (given: typeof config | undefined) => plantsOf(given).find(({ way }) => way === 'broken')!

  it('violates the rule and keeps the structure and what stands around it', async () => {
    const planted = await plant(config).plant(caseOf({ output: 'So: {"wet": 3, "dry": 4}, I think' }))
    const output = planted!.tuned[0]!.output
    const found = /^So: (.*), I think$/.exec(output)
    const { wet, dry } = JSON.parse(found![1]!)
    expect(typeof wet).toBe('number')
    expect(wet + dry).not.toBe(7)
  })

  it('leaves what is infeasible already, and has nothing to break where no rule can be broken or none is declared', async () => {
    const infeasible = caseOf({ output: '{"wet": 3, "dry": 9}' })
    expect((await plant(config).plant(infeasible))?.tuned).toEqual(infeasible.tuned)
    const harmless = { ...options, rules: [{ name: 'anything', expression: 'output.wet == output.wet' }] }
    const lax = plant({ detectors: { 'infeasible-content': { options: harmless } } })
    expect(await lax.plant(caseOf({ output: '{"wet": 3, "dry": 4}' }))).toBeNull()
    expect(await plant(undefined).plant(infeasible)).toBeNull()
  })
})
