import type { FindingReason } from '../domain/finding.js'

type Explain = { [Code in FindingReason['code']]: (reason: Extract<FindingReason, { code: Code }>) => string }

const explain: Explain = {
  'missing-field': (r) => `records carry no ${r.needs.join(' or no ')}`,
  'not-declared': (r) => `option ${r.option} is not set`,
  'too-few': (r) => `${r.have} ${r.what}, ${r.need} needed`,
  'too-few-buckets': (r) => `cases fall into ${r.buckets} bucket${r.buckets === 1 ? '' : 's'}: too few for an interval`,
  'undefined-without-some-cases': () => 'without some of the cases it has no value',
  'nothing-changed': () => 'no task changed',
  'repeats-never-differ': () => 'the baseline’s repeats never differ',
  'verifier-failed': () => 'the verifier failed on some outputs (see faults)',
  'nothing-evaluable': () => 'no rule could be evaluated on any case',
  'format-policy': (r) => `format: ${r.format} does not ask for it`,
  'one-format-expected': (r) => `the baseline has one format, ${r.format}: adherence-rate is measured instead`,
  'several-formats': () => 'the baseline has several formats: effective-formats is measured instead',
  'detector-crashed': () => 'the detector crashed (see faults)',
  'harm-within-margin': () => 'some harm is shown, and that it is beyond the margin is ruled out',
  'beyond-margin': () => 'harm beyond the margin is shown',
  'harm-shown': () => 'harm is shown; that it is of a tolerated size is not excluded',
  'not-proven': () => 'harm beyond the margin is neither shown nor ruled out',
  'worst-case-not-proven': (r) =>
    `holds its margin only if what the tuned arm lacks is left out (worst case ${r.harmfulEnd === null ? 'not measured' : `up to ${r.harmfulEnd.toFixed(4)}`})`,
  'too-few-buckets-to-fail': (r) => `cases fall into ${r.buckets} buckets; a fail needs ${r.need}`,
}

/** Why a finding has its status, as a clause. */
export function explainReason(reason: FindingReason): string {
  return explain[reason.code](reason as never)
}
