import type { StatedConfidenceSpec } from '../domain/grading.js'
import { cleaned } from '../text/answers-markup.js'
import { lastMatch } from '../text/answers-pattern.js'
import { compilePattern } from '../text/pattern.js'

/**
 * How a number without a unit is read. `either`: above 1 it is a percentage, else a share, as the authors of RLCR
 * (arXiv 2507.16806) read it; a percentage of 1 or less written without its sign is then misread.
 */
export type StatedScale = 'share' | 'percent' | 'either'

/** 0–1; null where no number is stated. */
export type StatedConfidence = number | null | 'out-of-range'

/**
 * Reads the confidence that a text states; of several the last counts, also where it is no number. A percent sign
 * divides by 100 and `8/10` is .8, whatever the scale; a bare number is read on the scale. Words and sentences are null
 * ("high", "I am 90% sure"). A number outside the scale is `out-of-range`, never moved into it. Throws PatternError.
 */
export function compileStated(
  spec: StatedConfidenceSpec,
  scale: StatedScale = 'share',
): (text: string) => StatedConfidence {
  const locate = 'tag' in spec ? inTag(spec.tag) : inPattern(spec.pattern)
  return (text) => {
    const stated = locate(text)
    return stated === null ? null : shareOf(cleaned(stated), scale)
  }
}

type Locate = (text: string) => string | null

/** What follows the last opening tag, up to the next tag or the end: stop sequences swallow closing tags. */
function inTag(tag: string): Locate {
  const opening = new RegExp(`<${tag.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}>`, 'gi')
  return (text) => {
    let start = -1
    for (const match of text.matchAll(opening)) start = match.index + match[0].length
    if (start === -1) return null
    const end = text.indexOf('<', start)
    return text.slice(start, end === -1 ? text.length : end)
  }
}

/** The sign may stand right behind the group that a pattern such as `Confidence: (\d+)` takes. */
function inPattern(source: string): Locate {
  const pattern = compilePattern(source)
  return (text) => {
    const match = lastMatch(pattern, text)
    if (match === null) return null
    const stated = match.groups.length === 0 ? match.text : (match.groups[0] ?? '')
    const end = match.index + match.text.lastIndexOf(stated) + stated.length
    return /^\s?%/.test(text.slice(end, end + 2)) ? `${stated}%` : stated
  }
}

const NUMBER =
  /^([+-]?(?:\d{1,20}(?:\.\d{0,30})?|\.\d{1,30})(?:e[+-]?\d{1,3})?)\s?(%|\/\s?(\d{1,20}(?:\.\d{1,30})?))?$/i

function shareOf(stated: string, scale: StatedScale): StatedConfidence {
  const found = NUMBER.exec(stated)
  if (found === null) return null
  const value = Number(found[1])
  const share = value / divisor(found, scale)
  // -0 is 0.
  return share >= 0 && share <= 1 ? Math.abs(share) : 'out-of-range'
}

/** A denominator of 0 leaves NaN or infinity, which is out of range. */
function divisor([, value, unit, denominator]: RegExpExecArray, scale: StatedScale): number {
  if (denominator !== undefined) return Number(denominator)
  const isPercent = unit === '%' || scale === 'percent' || (scale === 'either' && Number(value) > 1)
  return isPercent ? 100 : 1
}
