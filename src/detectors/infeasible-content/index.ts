import { defineDetector, type VerifierUse } from '../../domain/detector.js'
import { check } from './check.js'
import { columnsOf } from './columns.js'
import { undeclared } from './logged.js'
import { type Declared, declaredMeasures } from './measures.js'
import { observe, observeLost } from './observe.js'
import { type Options, optionsSchema, TIMEOUT_MS } from './options.js'
import { compileFeasibility, isDeclared } from './policy.js'
import { compileStructure } from './structure.js'

export const infeasibleContent = defineDetector<Options>({
  id: 'infeasible-content',
  version: 2,
  title: 'Right form, wrong substance',
  docs: {
    why: 'Tuning teaches the look of a solution before its substance: output parses, fits the schema, and violates what it should satisfy. A gate that checks the form alone rewards that.',
    how: 'Structure is a JSON Schema on the output or on what is extracted from it. Feasibility is what you declare per task: rules in CEL, or a verifier of yours (a module or a process). An output that does not parse is infeasible. A rule that cannot be evaluated on an output leaves that output open: open in the tuned arm alone, or lost there, it counts as infeasible before the measure may pass. Without a declaration what the log itself says of form and substance counts (EvalPlus: base tests passed, plus tests failed), else stated arithmetic and dates, and that never decides.',
    limits:
      'It sees what the rules see. Where nothing is declared, outputs that state nothing checkable are not counted. hollow-rate falls too when outputs stop being valid. The optimality gap is over cases that both arms solve.',
    sources: [
      { title: 'Supervised tuning on optimal power flow, 2026', where: 'arXiv:2603.23004' },
      { title: 'PlanBench, Valmeekam et al. 2023', where: 'arXiv:2206.10498' },
      { title: 'Common Expression Language', where: 'github.com/google/cel-spec' },
      { title: 'JSON Schema', where: 'json-schema.org' },
    ],
  },
  options: optionsSchema,
  defaults: {},
  described: { structure: {}, objective: { best: 'record.best', better: 'higher' } },
  check,
  files: [
    { path: ['structure', 'schema'], kind: 'json' },
    { path: ['verifier', 'module'], kind: 'path' },
    { path: ['verifier', 'directory'], kind: 'directory' },
  ],
  verifier: verifierUse,
  prepare: (options) => {
    const declared = declaredOf(options)
    if (!isDeclared(options)) return { ...undeclared(), exhibits: [] }
    const measures = declaredMeasures(declared)
    const feasibility = compileFeasibility(options)
    const { list: columns, at } = columnsOf(declared.rules)
    return {
      columns,
      measures,
      exhibits: [],
      observe: (case_, tally) => observe(case_, tally, feasibility, at),
      observeLost: (lost, counter) => observeLost(lost, counter, feasibility, at),
    }
  },
})

function declaredOf({ structure, rules = [], verifier, objective }: Options): Declared {
  return {
    validity: structure !== undefined || verifier !== undefined,
    objective: objective !== undefined,
    rules: rules.map(({ name }) => name),
  }
}

/** An output that is invalid already is not shown to the verifier. */
function verifierUse({ structure, verifier }: Options): VerifierUse | null {
  if (verifier === undefined) return null
  const { module, command, directory = '.', timeoutMs = TIMEOUT_MS } = verifier
  const read = structure === undefined ? null : compileStructure(structure)
  return {
    spec: module === undefined ? { command: command ?? [], directory, timeoutMs } : { module, timeoutMs },
    valueOf: (sample) => {
      if (read === null) return sample.failed === null ? { value: null } : null
      const structured = read(sample)
      return structured.kind === 'valid' ? { value: structured.value } : null
    },
  }
}
