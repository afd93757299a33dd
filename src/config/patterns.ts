import type { GraderSpec, StatedConfidenceSpec } from '../domain/grading.js'
import type { DeepPartial } from '../domain/policy.js'
import { compilePattern, PatternError } from '../text/pattern.js'
import type { ConfigDocument, Path } from './document.js'
import type { ConfigFile } from './partial.js'

interface Part {
  readonly grader?: DeepPartial<GraderSpec | null>
  readonly confidence?: { readonly stated?: DeepPartial<StatedConfidenceSpec | null> }
}

/** Throws `config-invalid` at a regular expression that does not compile. */
export function requirePatterns(document: ConfigDocument, file: ConfigFile): void {
  requireIn(document, file, [])
  file.overrides?.forEach((override, i) => {
    requireIn(document, override, ['overrides', String(i)])
  })
}

function requireIn(document: ConfigDocument, { grader, confidence }: Part, path: Path): void {
  if (grader && 'pattern' in grader) requirePattern(document, grader.pattern, [...path, 'grader', 'pattern'])
  const stated = confidence?.stated
  if (stated && 'pattern' in stated) {
    requirePattern(document, stated.pattern, [...path, 'confidence', 'stated', 'pattern'])
  }
}

function requirePattern(document: ConfigDocument, pattern: string | undefined, path: Path): void {
  try {
    compilePattern(pattern ?? '')
  } catch (error) {
    if (!(error instanceof PatternError)) throw error
    throw document.fault(document.offset(path, 'value'), `${path.join('.')}: ${error.message}`)
  }
}
