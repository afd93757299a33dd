import { list, natural, nullable, oneOf, perArm, real, record, words } from '../../domain/codec/values.js'
import type { Features, Repeats, TextFeatures, Variety } from './features.js'

const variety = record<Variety>({
  distinct: real,
  distinctUncut: real,
  effective: nullable(real),
  similarity: real,
  vendi: real,
  ngrams: list(nullable(real)),
})

export const featuresCodec = record<Features>({
  repeats: nullable(
    record<Repeats>({ samples: natural, kernel: oneOf(['words', 'embeddings']), arms: perArm(variety) }),
  ),
  text: nullable(perArm(record<TextFeatures>({ words, opening: natural }))),
})
