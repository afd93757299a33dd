import { allKeys } from '../../config/keys.js'
import type { AnyDetector } from '../../domain/detector.js'
import type { Measure } from '../../domain/measure.js'
import type { Block, Entry, Page } from '../../report/manual/page.js'
import { KEY_COLUMNS, keyEntries } from './key-entries.js'

/** A detector as `explain` and `docs/detectors` tell it: from its metadata alone. */
export function detectorPage(detector: AnyDetector): Page {
  const { id, title, version, docs, options, defaults } = detector
  return {
    title: `${id} (version ${version}): ${title}`,
    blocks: [
      ...essay(detector),
      {
        kind: 'entries',
        title: 'Measures',
        noun: 'measure',
        columns: Object.keys(COLUMNS),
        entries: measuresOf(detector).map(measureEntry),
      },
      {
        kind: 'entries',
        title: 'Options',
        noun: 'option',
        columns: KEY_COLUMNS,
        entries: keyEntries(allKeys(options), defaults),
      },
      { kind: 'sources', sources: docs.sources },
    ],
  }
}

/** A measure in full, with what its detector is for. */
export function measurePage(measure: Measure, detector: AnyDetector): Page {
  const { id, title, unit, worse, role, margin, needs } = measure
  return {
    title: `${id} (of ${detector.id}): ${title}`,
    blocks: [
      {
        kind: 'facts',
        facts: [
          ['unit', unit],
          ['worse', worse ?? 'neither'],
          ['role', role],
          ['margin', String(margin ?? 'none')],
          ['needs', needs.join(', ')],
          ['interval', intervalOf(measure)],
        ],
      },
      ...essay(detector),
      { kind: 'sources', sources: detector.docs.sources },
      ...(margin === null ? [] : [marginAdvice(measure, detector)]),
    ],
  }
}

/** As they are when every option that a measure needs is set. */
export function measuresOf(detector: AnyDetector): readonly Measure[] {
  return detector.prepare(detector.described ?? detector.defaults).measures
}

function essay({ docs }: AnyDetector): Block[] {
  return [
    { kind: 'paragraph', title: 'Why', text: docs.why },
    { kind: 'paragraph', title: 'How', text: docs.how },
    { kind: 'paragraph', title: 'Limits', text: docs.limits },
  ]
}

const COLUMNS: Readonly<Record<string, (measure: Measure) => string>> = {
  role: ({ role }) => role,
  margin: ({ margin }) => (margin === null ? '' : String(margin)),
  worse: ({ worse }) => worse ?? 'neither',
  unit: ({ unit }) => unit,
  needs: ({ needs }) => needs.join(', '),
  interval: ({ interval, discordance }) =>
    interval === 'none'
      ? 'none'
      : discordance === undefined
        ? 'jackknife'
        : 'jackknife, or exact where cases are paired yes or no',
}

function measureEntry(measure: Measure): Entry {
  return { name: measure.id, text: measure.title, cells: Object.values(COLUMNS).map((cell) => cell(measure)) }
}

function intervalOf({ interval, discordance }: Measure): string {
  if (interval === 'none') return 'none: a point estimate'
  const jackknife = 'jackknife over 128 buckets of cases'
  return discordance === undefined ? jackknife : `${jackknife}; one yes-or-no a case: Tango, mid-p McNemar`
}

function marginAdvice({ id }: Measure, detector: AnyDetector): Block {
  const text = `Another margin: --margin ${id}=<value>, or in the config detectors: {${detector.id}: {margins: {${id}: <value>}}}.`
  return { kind: 'remark', text }
}
