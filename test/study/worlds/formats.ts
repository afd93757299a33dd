import { formatCollapse } from '../../../src/detectors/format-collapse/index.js'
import { makeCase, makeSample } from '../../audit/support.js'
import { pairsOf, type World, type WorldParameters, withTuned } from './world.js'

/** One output of each format. */
export const OUTPUTS = [
  'The ferry leaves at nine and arrives before noon. Bring a coat, since the deck is windy.',
  '- ferry at nine\n- bus at ten\n- train at noon',
  '{"ferry": "09:00", "bus": "10:00"}',
  '```json\n{"ferry": "09:00", "bus": "10:00"}\n```',
  '| line | leaves |\n| --- | --- |\n| ferry | 09:00 |\n| bus | 10:00 |',
  '42',
] as const

/**
 * Entropy of formats, `rate` the share of the most frequent one; each further format is half as frequent as the one
 * before. Spoilt: the tuned output has the most frequent format.
 */
export function formats({ rate, agreement, samples }: WorldParameters): World {
  const rest = OUTPUTS.slice(1).reduce((sum, _, place) => sum + 2 ** -place, 0)
  const shares = OUTPUTS.map((output, place) => ({
    outcome: output,
    share: place === 0 ? rate : ((1 - rate) * 2 ** (1 - place)) / rest,
  }))
  return {
    detector: formatCollapse,
    options: { format: 'free' },
    measure: 'effective-formats',
    margin: 0.22,
    harmless: pairsOf(shares, agreement).map(({ baseline, tuned, weight }) => ({
      case: makeCase('case', { baseline: outputs(baseline), tuned: outputs(tuned) }),
      weight,
    })),
    spoilt: (case_) => withTuned(case_, (sample) => ({ ...sample, output: OUTPUTS[0] })),
    truth: 'population',
  }

  function outputs(output: string) {
    return Array.from({ length: samples }, () => makeSample({ output }))
  }
}
