import { defineDetector, type OptionFault } from '../../domain/detector.js'
import { nearest } from '../../domain/nearest.js'
import { shown } from '../../domain/printable.js'
import { FORMATS } from '../../text/format.js'
import { compilePattern, PatternError } from '../../text/pattern.js'
import { classifier, classNames } from './classify.js'
import { classCells, classColumns, columnsOf } from './columns.js'
import { exhibits } from './exhibits.js'
import { measures } from './measures.js'
import { observe, observeLost } from './observe.js'
import { type Options, optionsSchema, POLICIES } from './options.js'

export const formatCollapse = defineDetector<Options>({
  id: 'format-collapse',
  version: 2,
  title: 'One format wins',
  docs: {
    why: 'Reinforcement amplifies one output format of pretraining and suppresses the others, within the first epoch; which one wins need not be the best. Consumers of the others break, and JSON that was valid may stop being so.',
    how: 'Each output belongs to one class by its parsed shape: JSON, code, table, list, sections, prose, bare answer and so on. Where nearly all of the baseline’s outputs of a task (95 %) share a class, that class is expected of it; else variety is. What the config declares is guarded, what is inferred is watched; over several tasks that differ in it, a third of each task’s cases tells it, and the others are measured. JSON payloads are parsed, strictly and with raw line breaks allowed in strings; the lenient reading decides.',
    limits:
      'Classes are of shape, not of style. An expected format that is inferred is taken from the baseline that the tune is compared with, near 95 % by chance. Where tasks differ, one of fewer than about two dozen cases is judged by itself alone until its format is declared: too few would tell it. A change of format that consumers do not mind is a policy: declare converge, free or the class.',
    sources: [
      { title: 'Echo chamber: RL amplifies behaviours of pretraining, Zhao et al. 2025', where: 'arXiv:2504.07912' },
      { title: 'Note on the bias of information estimates, Miller 1955', where: 'Information Theory in Psychology' },
      { title: 'Tests of marginal homogeneity, Stuart 1955, Maxwell 1970', where: 'Biometrika 42:412; BJP 116:651' },
      { title: 'The JavaScript Object Notation', where: 'RFC 8259' },
    ],
  },
  options: optionsSchema,
  defaults: { format: 'auto', classes: [] },
  check,
  prepare: ({ format, classes }) => {
    const names = classNames(classes)
    const ids = classColumns(
      names,
      classes.map(({ name }) => name),
    )
    const { list: columns, at } = columnsOf(ids)
    const declared = names.indexOf(format)
    const expected = declared < 0 ? null : declared
    const formats = { names, cells: classCells(ids, at), classify: classifier(classes), expected, at }
    return {
      columns,
      measures: measures(format, { names, ids }),
      exhibits: exhibits({ names, ids }),
      observe: (case_, tally) => observe(case_, tally, formats),
      observeLost: (lost, counter) => observeLost(lost, counter, formats),
    }
  },
})

function check({ format = 'auto', classes = [] }: Partial<Options>): OptionFault | null {
  return checkClasses(classes) ?? checkFormat(format, classes)
}

function checkClasses(classes: Options['classes']): OptionFault | null {
  for (const [i, { name, pattern }] of classes.entries()) {
    const path = ['classes', String(i)]
    const taken = [...FORMATS, ...POLICIES, ...classes.slice(0, i).map((other) => other.name)]
    if (taken.some((other) => other === name))
      return { path: [...path, 'name'], message: `the class ${shown(name)} exists already.` }
    try {
      compilePattern(pattern)
    } catch (error) {
      if (!(error instanceof PatternError)) throw error
      return { path: [...path, 'pattern'], message: `class ${shown(name)}: ${error.message}` }
    }
  }
  return null
}

/** Classes may stand in another part of the config than the format that names one: then only the run can tell. */
function checkFormat(format: string, classes: Options['classes']): OptionFault | null {
  const known = [...POLICIES, ...classNames(classes)]
  if (known.includes(format)) return null
  const near = nearest(format, known)
  const hint = near === null ? '' : ` Did you mean ${shown(near)}?`
  return { path: ['format'], message: `unknown format ${shown(format)}.${hint} Known: ${known.join(', ')}.` }
}
