import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import type { Example, Finding } from '../../../src/domain/finding.js'
import type { Report } from '../../../src/domain/report.js'

export const root = resolve(import.meta.dirname, '../../..')

export function auditOf(...args: readonly string[]): Report {
  const { stdout, stderr } = spawnSync(process.execPath, ['bin/tuneaudit.js', 'audit', ...args, '--format', 'json'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout)
}

const arms = (folder: string) => ['--baseline', `${folder}/baseline.jsonl`, '--tuned', `${folder}/tuned.jsonl`]

/** All five faults planted, with rules, repeats and confidence. */
export const demo = () => auditOf(...arms('fixtures/demo'), '--config', 'fixtures/demo/tuneaudit.config.yaml')
export const healthy = () =>
  auditOf(...arms('fixtures/demo/healthy'), '--config', 'fixtures/demo/tuneaudit.config.yaml')
export const inconclusive = (...flags: readonly string[]) =>
  auditOf(...arms('fixtures/detectors/cross-task-regression/tiny'), ...flags)
/** Other cases in each arm: nothing was judged. */
export const unauditable = () =>
  auditOf(
    '--baseline',
    'fixtures/demo/baseline.jsonl',
    '--tuned',
    'fixtures/detectors/lost-diversity/clean/tuned.jsonl',
  )

/** What a model, or whoever names a task, may write to be more than text where a report is shown. */
export const HOSTILE = [
  '<script>window.owned = 1</script>',
  '</script><img src=x onerror="window.owned = 1">',
  '</style><svg onload="window.owned = 1">',
  'javascript:window.owned=1',
  '[press](javascript:alert(1)) ![x](https://evil.example/x.png)',
  '"><a href="javascript:alert(1)" onclick="window.owned = 1">',
  "' onmouseover='window.owned = 1",
  '::error::obeyed',
  '  ::set-output name=verdict::pass',
  '##[error]obeyed',
  '##vso[task.complete result=Succeeded]',
  '%0A::warning::obeyed',
  'line one\n::error::obeyed\r\n# heading\n- item',
  ']]> <![CDATA[ <!-- --> <?php ?>',
  '@octocat and org/team, #1, GH-2, https://evil.example www.evil.example, me@evil.example',
  '| a | b |\n|---|---|',
  '```\n</details>\n```js',
  '`'.repeat(40),
  '~~~\n~~~',
  '$\\unicode{x}$ {{ 7*7 }}',
  '\u0000\u0007\u001b[31mred\u001b]8;;https://evil.example\u0007link\u009b',
  '\u202egnp.exe\u2066\u200b\ufeff',
  'lone \ud800 and \udfff',
  'noncharacters \ufffe\uffff',
  '\u2028\u2029\u0085',
  '&lt;b&gt; &amp; &#60;',
  '__proto__',
  ' ',
  '',
] as const

/** The same report with hostile text wherever text comes from records, files, configs or plugins. */
export function hostileVersion(report: Report, text: string): Report {
  const example = (of: Example): Example => ({
    ...of,
    id: text,
    task: text,
    detail: text,
    code: text,
    excerpt: { baseline: text, tuned: `${text}${text}` },
  })
  const finding = (of: Finding): Finding => ({
    ...of,
    task: of.task === null ? null : text,
    measure: of.measure.startsWith('rule:') ? `rule:${text}` : of.measure,
    examples: of.examples.map(example),
  })
  const place = { task: text, id: text, sample: 0, file: text, line: 3 }
  return {
    ...report,
    findings: report.findings.map(finding),
    exhibits: report.exhibits.map((exhibit) => ({ ...exhibit, task: exhibit.task === null ? null : text })),
    slices: {
      ...report.slices,
      harmed: report.slices.harmed.map((one) => ({ ...one, name: text, examples: one.examples.map(example) })),
    },
    tasks: report.tasks.map((one) => ({ ...one, task: text })),
    locations: { baseline: [place], tuned: [place] },
    inputs: {
      ...report.inputs,
      baseline: report.inputs.baseline.map((one) => ({ ...one, path: text })),
      tuned: report.inputs.tuned.map((one) => ({ ...one, path: text })),
      config: [{ path: text, sha256: '0'.repeat(64) }],
      models: {
        baseline: { count: 1, first: [{ name: text, records: 1 }] },
        tuned: { count: 1, first: [{ name: text, records: 1 }] },
      },
    },
    notices: [{ code: 'same-model', name: text }],
    detectors: report.detectors.map((one) => ({
      ...one,
      title: text,
      docs: { why: text, how: text, limits: text, sources: [{ title: text, where: text }] },
      measures: one.measures.map((measure) => ({ ...measure, title: text })),
    })),
    faults: [
      {
        detector: 'infeasible-content',
        code: 'verifier',
        fault: 'crashed',
        count: 1,
        message: text,
        first: [{ arm: 'tuned', task: text, id: text, sample: 0 }],
      },
    ],
  }
}

/** The report with its findings repeated over so many tasks that there are at least `findings` of them. */
export function enlarged(report: Report, { findings, examples }: { findings: number; examples: number }): Report {
  const perTask = report.findings.filter(({ task }) => task !== null)
  const pooled = report.findings.filter(({ task }) => task === null)
  const some = report.findings.flatMap((one) => one.examples)
  const many: Finding[] = []
  let shown = 0
  for (let i = 0; pooled.length + many.length < findings; i++) {
    const one = perTask[i % perTask.length]!
    const own = shown < examples ? [some[i % some.length]!].map((of) => ({ ...of, id: `${of.id}-${i}` })) : []
    shown += own.length
    many.push({ ...one, task: `branch-${String(Math.floor(i / perTask.length)).padStart(5, '0')}`, examples: own })
  }
  return { ...report, findings: [...pooled, ...many] }
}
