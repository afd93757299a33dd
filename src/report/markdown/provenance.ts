import { ARMS } from '../../domain/record.js'
import type { Report } from '../../domain/report.js'
import { mdCode, mdText } from '../markdown-text.js'
import { type Section, section } from './budget.js'

const DIGITS = 12

/** What made the report, out of which bytes. */
export function provenance({ tool, inputs, exitCode, detectors }: Report): Section {
  const digest = (sha256: string | null) => (sha256 === null ? '' : ` sha256 ${sha256.slice(0, DIGITS)}…`)
  const files = [
    ...ARMS.flatMap((arm) =>
      inputs[arm].map((file) => `- ${arm} ${mdCode(file.path)}, ${file.records} records${digest(file.sha256)}`),
    ),
    ...inputs.labels.map(({ path, sha256 }) => `- labels ${mdCode(path)}${digest(sha256)}`),
    ...inputs.config.map(({ path, sha256 }) => `- config ${mdCode(path)}${digest(sha256)}`),
    ...(inputs.config.length === 0 ? ['- config: none, the recommended policy'] : []),
  ]
  const versions = detectors.map(({ id, version }) => `${id} ${version}`).join(', ')
  const made = `${tool.name} ${tool.version}, exit ${exitCode}${versions === '' ? '' : `; detectors ${versions}`}`
  return section(['<details>', `<summary>Provenance: ${mdText(made)}</summary>`, ''], files, ['', '</details>'])
}
