import type { JSONSchemaType } from 'ajv'
import { defineDetector } from '../../domain/detector.js'
import { taskMatcher } from '../../domain/glob.js'
import { columns } from './columns.js'
import { flips } from './flips.js'
import { measures } from './measures.js'
import { observe, observeLost } from './observe.js'

interface Options {
  readonly tunedFor: readonly string[]
}

const options: JSONSchemaType<{ tunedFor: string[] }> = {
  type: 'object',
  properties: {
    tunedFor: {
      type: 'array',
      items: { type: 'string' },
      description: 'Tasks (globs) that the tune was meant to improve; collateral-loss is measured on the others.',
    },
  },
  required: [],
  additionalProperties: false,
}

export const crossTaskRegression = defineDetector<Options>({
  id: 'cross-task-regression',
  version: 1,
  title: 'Better here, worse there',
  docs: {
    why: 'A tune is judged on the task that it was made for. What it cost elsewhere shows up in production: sequential fine-tuning on two tasks lost 24.5 points of the first.',
    how: 'Mean score (else correctness) of both arms on the same cases, pooled and per task. An output that errored or is blank counts as wrong. Samples of a case are averaged before cases are. What the tuned arm lacks, a score or a whole case, counts as the worst before the score may pass.',
    limits:
      'It sees what the scores see. Excess flips compare runs with repeats inside one run: where repeats are cached or greedy, they vary less than runs do, so that measure is noted and never decides by default. A score that a tune learned to please is no anchor. Tasks are taken as fixed: nothing is said of tasks that were not run.',
    sources: [
      { title: 'Gradient Episodic Memory (backward transfer), Lopez-Paz & Ranzato 2017', where: 'arXiv:1706.08840' },
      { title: 'Positive-congruent training (negative flips), Yan et al. 2021', where: 'arXiv:2011.09161' },
      { title: 'Adding error bars to evals, Miller 2024', where: 'arXiv:2411.00640' },
      { title: 'Isolating core parameters in fine-tuning, 2025', where: 'arXiv:2508.21741' },
    ],
  },
  options,
  defaults: { tunedFor: [] },
  taskGlobs: ({ tunedFor }) => tunedFor,
  prepare: ({ tunedFor }) => {
    const isTarget = targetMatcher(tunedFor)
    return {
      columns,
      measures: measures(tunedFor.length > 0),
      exhibits: [{ kind: 'flips', of: flips }],
      observe: (case_, tally) => observe(case_, tally, isTarget),
      observeLost: (lost, counter) => observeLost(lost, counter, isTarget),
    }
  },
})

function targetMatcher(tunedFor: readonly string[]): (task: string) => boolean {
  const matchers = tunedFor.map(taskMatcher)
  return (task) => matchers.some((matches) => matches(task))
}
