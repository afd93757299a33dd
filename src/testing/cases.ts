import type { Case } from '../domain/case.js'
import type { PerArm, Sample } from '../domain/record.js'

/** An output without any verdict on it, but for what is given. */
export function makeSample(given: Partial<Sample> = {}): Sample {
  return {
    number: 0,
    output: 'the answer is 42',
    failed: null,
    score: null,
    correct: null,
    confidence: null,
    prompt: undefined,
    reference: undefined,
    embedding: null,
    verification: null,
    settings: [],
    raw: {},
    place: { file: 'made.jsonl', line: 1 },
    ...given,
  }
}

/** A case of the task `default` in no cluster; samples are numbered, and the longer arm loses its last ones. */
export function makeCase(
  id: string,
  arms: PerArm<readonly Sample[]>,
  {
    task = 'default',
    cluster = null,
    tags = [],
    domain = null,
  }: Partial<Pick<Case, 'task' | 'cluster' | 'tags' | 'domain'>> = {},
): Case {
  const all = { baseline: numbered(arms.baseline), tuned: numbered(arms.tuned) }
  const count = Math.min(all.baseline.length, all.tuned.length)
  const [baseline, tuned] = [all.baseline.slice(0, count), all.tuned.slice(0, count)]
  return { id, task, cluster, tags, domain, baseline, tuned, all }
}

function numbered(samples: readonly Sample[]): Sample[] {
  return samples.map((sample, number) => ({ ...sample, number }))
}

/** The case as if the tune had changed nothing. */
export function unchanged(case_: Case): Case {
  const { baseline } = case_.all
  return { ...case_, baseline, tuned: baseline, all: { baseline, tuned: baseline } }
}
