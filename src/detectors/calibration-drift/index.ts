import { defineDetector } from '../../domain/detector.js'
import { columns } from './columns.js'
import { reliabilityExhibit } from './exhibit.js'
import { measures } from './measures.js'
import { observe, observeLost } from './observe.js'

export const calibrationDrift = defineDetector<Readonly<Record<string, never>>>({
  id: 'calibration-drift',
  version: 2,
  title: 'Confidently wrong',
  docs: {
    why: 'A reward for being right does not punish confident errors. After such a tune confidence is high everywhere and means nothing, while accuracy looks better.',
    how: 'The Brier score of both arms on the same outputs, its parts, and how well confidence ranks right above wrong. Confidence is kept on 1,000 logit levels and the atoms 0 and 1. A missing confidence is its own measure, never a 0, and is scored worst-case before the Brier score may pass, as is a case that the tuned arm lost.',
    limits:
      'It needs a confidence and a right-or-wrong for each output. Calibration error alone does not decide: it moves with accuracy, and with one confidence value for all it can look small. Under-confidence is a drift too; overconfidence gives the sign.',
    sources: [
      { title: 'Beyond binary rewards (RLCR), Damani et al. 2025', where: 'arXiv:2507.16806' },
      { title: 'Verified uncertainty calibration (debiased error), Kumar, Liang & Ma 2019', where: 'arXiv:1909.10155' },
      { title: 'Smooth ECE, Błasiok & Nakkiran 2023', where: 'arXiv:2309.12236' },
      {
        title: 'A new vector partition of the probability score, Murphy 1973',
        where: 'J. Appl. Meteorology 12:595–600',
      },
    ],
  },
  options: { type: 'object', properties: {}, additionalProperties: false },
  defaults: {},
  prepare: () => ({
    columns,
    measures,
    exhibits: [{ kind: 'reliability', of: reliabilityExhibit }],
    observe,
    observeLost,
  }),
})
