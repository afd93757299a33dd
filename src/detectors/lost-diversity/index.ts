import { defineDetector } from '../../domain/detector.js'
import { columns } from './columns.js'
import { exhibits } from './exhibits.js'
import { featuresCodec } from './features-codec.js'
import { measures } from './measures.js'
import { observe, observeLost } from './observe.js'
import { defaults, type Options, optionsSchema } from './options.js'

export const lostDiversity = defineDetector<Options>({
  id: 'lost-diversity',
  version: 3,
  title: 'The same answer again',
  docs: {
    why: 'Preference and reinforcement tuning concentrate a model on few answers: ten samples become one, and different prompts get the same text. Whoever samples for ideas, for search or for training data gets less for the same price.',
    how: 'Samples of one prompt are compared by word overlap in which names and numbers weigh more (or by the records’ own embeddings), texts cut to the same length in both arms, and near-duplicates are clustered in the order of their numbers. Where answers can be checked, only correct ones count: converging on a right answer is no loss. Across prompts, 4-grams and 5-grams of the outputs are compared, without the words that nine in ten of a task’s different outputs open or end with: a greeting or a template before every output changes nothing. All of it on a sample of at most 512 cases a task, at most 10 samples of a case, and their first 2,048 characters (across prompts: words).',
    limits:
      'Words are not meaning: two jokes told in other words are two. Words that nearly all samples of a prompt open or end with are taken for a frame and dropped, an answer in lower case among them. On 100 prompts of ten samples the clusters of human-trained judges went 7.8 → 2.9, these 7.5 → 3.5; single prompts agree less (correlation .62). Long solutions that differ in their last number alone count as one. Embeddings need a threshold of their own.',
    sources: [
      { title: 'NoveltyBench: distinct answers, Zhang et al. 2025', where: 'arXiv:2504.05228' },
      {
        title: 'Diversity and quality of generated content (effective diversity), Shypula et al. 2025',
        where: 'arXiv:2504.12522',
      },
      { title: 'Expectation-adjusted distinct, Liu et al. 2022', where: 'arXiv:2202.13587' },
      { title: 'The Vendi score, Friedman & Dieng 2022', where: 'arXiv:2210.02410' },
    ],
  },
  options: optionsSchema,
  defaults,
  prepare: (options) => ({
    columns,
    measures: measures(options.domain),
    exhibits,
    features: featuresCodec,
    observe: (case_, tally) => observe(case_, tally, options),
    observeLost: (lost, tally) => observeLost(lost, tally, options),
  }),
})
