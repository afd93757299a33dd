import { describe, expect, it } from 'vitest'
import { vertexBatch } from '../../../src/input/formats/cloud-batches.js'
import { helm } from '../../../src/input/formats/helm.js'
import { inspectRecords } from '../../../src/input/formats/inspect-log.js'
import type { Log, Produced } from '../../../src/input/formats/log-format.js'
import { openaiBatch } from '../../../src/input/formats/openai-batch.js'
import { promptfooLines } from '../../../src/input/formats/promptfoo.js'

const LOG: Log = {
  path: 'run.jsonl',
  name: 'run.jsonl',
  task: null,
  companions: [],
  unfinished: () => {},
  promised: () => {},
}
const TOKENS = [
  { token: 'It', logprob: -0.25 },
  { token: ' rains', logprob: -1.5 },
]
const MESSAGE = { role: 'assistant', content: 'It rains' }

const logprobsOf = (produced: readonly Produced[]) =>
  produced.flatMap((one) => (one.kind === 'record' ? [one.record.logprobs ?? null] : []))
const batch = (body: object) => openaiBatch.records({ custom_id: 'q1', response: { status_code: 200, body } }, LOG, 1)
const helmOf = (tokens: readonly object[]) =>
  helm.records(
    { instance: { id: 'id1' }, result: { success: true, completions: [{ text: 'It rains', tokens }] } },
    LOG,
    1,
  )

describe('log probabilities of tokens are handed over by', () => {
  it.each<[string, readonly Produced[]]>([
    ['OpenAI chat', batch({ choices: [{ message: MESSAGE, logprobs: { content: TOKENS } }] })],
    ['OpenAI completions', batch({ choices: [{ text: 'It rains', logprobs: { token_logprobs: [-0.25, -1.5] } }] })],
    [
      'OpenAI responses',
      batch({
        output: [{ type: 'reasoning' }, { type: 'message', content: [{ text: 'It rains', logprobs: TOKENS }] }],
      }),
    ],
    [
      'promptfoo',
      promptfooLines.records({ testIdx: 1, response: { output: 'It rains', logProbs: [-0.25, -1.5] } }, LOG, 1),
    ],
    [
      'Inspect',
      inspectRecords({
        header: {},
        sample: { id: 1, output: { choices: [{ message: MESSAGE, logprobs: { content: TOKENS } }] } },
      }),
    ],
    [
      'Vertex',
      vertexBatch.records(
        {
          response: {
            candidates: [
              {
                content: { parts: [{ text: 'It rains' }] },
                avgLogprobs: -0.875,
                logprobsResult: { chosenCandidates: [{ logProbability: -0.25 }, { logProbability: -1.5 }] },
              },
            ],
          },
        },
        LOG,
        1,
      ),
    ],
    ['HELM', helmOf(TOKENS)],
  ])('%s', (_, produced) => {
    expect(logprobsOf(produced)).toEqual([[-0.25, -1.5]])
  })

  it.each<[string, readonly Produced[]]>([
    ['HELM of a hosted model, which logs 0 for all', helmOf([{ logprob: 0 }, { logprob: 0 }])],
    ['OpenAI without them', batch({ choices: [{ message: MESSAGE, logprobs: null }] })],
    ['OpenAI responses without them', batch({ output: [{ type: 'message', content: [{ text: 'It rains' }] }] })],
    ['Vertex without a list', vertexBatch.records({ response: { candidates: [{ avgLogprobs: -0.8 }] } }, LOG, 1)],
  ])('not %s', (_, produced) => {
    expect(logprobsOf(produced)).toEqual([null])
  })
})
