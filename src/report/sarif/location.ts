import type { Finding } from '../../domain/finding.js'
import type { Place } from '../../domain/record.js'
import type { Report } from '../../domain/report.js'
import type { PlaceOf } from '../places.js'

/** Where the tuned output stands that is worst; else the config, else the tuned file: GitHub drops what has no place. */
export function locationOf(report: Report, finding: Finding | null, placeOf: PlaceOf): object {
  const { file, line } = worst(finding, placeOf) ?? policyFile(report)
  return { physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: { startLine: Math.max(1, line) } } }
}

function worst(finding: Finding | null, placeOf: PlaceOf): Place | null {
  for (const example of finding?.examples ?? []) {
    const place = placeOf(example, 'tuned')
    if (place !== null && place.file !== '-') return place
  }
  return null
}

function policyFile({ inputs }: Report): Place {
  const files = [...inputs.config, ...inputs.tuned, ...inputs.baseline].map(({ path }) => path)
  return { file: files.find((path) => path !== '-') ?? 'tuneaudit.config.yaml', line: 1 }
}

const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** A path as a URI reference (RFC 3986). Lone surrogates have no UTF-8: they become U+FFFD. */
function uriOf(path: string): string {
  const parts = path.replaceAll('\\', '/').replace(LONE, '\ufffd').split('/').map(encodeURIComponent)
  const joined = parts.join('/')
  if (joined.startsWith('/')) return `file://${joined}`
  return joined.replace(/^([A-Za-z])%3A\//, 'file:///$1:/')
}
