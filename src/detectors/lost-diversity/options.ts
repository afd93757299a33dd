import { EMBEDDING_THRESHOLD } from '../../text/similarity/embeddings.js'

export const DOMAINS = ['auto', 'chat', 'creative', 'code', 'math'] as const
export type Domain = (typeof DOMAINS)[number]

export interface Options {
  readonly domain: Domain
  /** Cosine of embeddings from which two outputs are the same answer. */
  readonly embeddingThreshold: number
}

export const defaults: Options = { domain: 'auto', embeddingThreshold: EMBEDDING_THRESHOLD }

export const optionsSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    domain: {
      title: 'Domain',
      description:
        'What variety is worth. chat, creative: different answers are (distinct-answers decides). code, math: different correct answers are (effective-distinct decides). auto: code where half of the baseline’s cases have a reference or are judged right or wrong, else chat.',
      type: 'string',
      enum: [...DOMAINS],
    },
    embeddingThreshold: {
      title: 'Embedding threshold',
      description:
        'Cosine from which two outputs with embeddings are the same answer. Depends on the embedding model: find it on pairs that you have judged.',
      type: 'number',
      exclusiveMinimum: 0,
      exclusiveMaximum: 1,
    },
  },
}
