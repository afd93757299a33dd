import { isAsserted } from './assertion.js'
import { daysInMonth, monthNumber, WEEKDAYS, weekdayOf } from './calendar.js'
import type { Report, Span } from './token.js'

/** Without it there is no date. Months by their first letter and the two after it: quick, and right but for names like Dan. */
const HINT = /\d(?:-\d\d-\d|\/\d{4})|[ADFJMNOS](?:an|eb|ar|pr|ay|un|ul|ug|ep|ct|ov|ec)/

/**
 * Dates that do not exist, and full dates with the wrong weekday before them. The year has four digits; an ordinal day
 * (`June 31st`) needs none. In `a/b/year` the day is the number above 12. Days above 31 and months above 12 are taken for something
 * else than a date.
 */
export function checkDates(text: string, report: Report): void {
  if (!HINT.test(text)) return
  const judge = (date: Stated) => judgeDate(text, date, report)
  for (const match of text.matchAll(/\d{4}-\d\d-\d\d/g)) readIso(text, match.index, judge)
  for (const match of text.matchAll(/\d{1,2}\/\d{1,2}\/\d{4}/g)) readSlashed(text, match[0], match.index, judge)
  for (const match of text.matchAll(MONTH)) readNamed(text, match[0], match.index, judge)
}

interface Stated {
  readonly year: number | null
  readonly month: number
  readonly day: number
  readonly weekday: string | null
  readonly span: Span
}

type Judge = (date: Stated) => void

function readIso(text: string, start: number, judge: Judge): void {
  const end = start + 10
  // A time may follow.
  const isTime = /T\d/y
  isTime.lastIndex = end
  if (!isBareBefore(text, start) || !(isTime.test(text) || isBareAfter(text, end))) return
  const [year, month, day] = text.slice(start, end).split('-').map(Number) as [number, number, number]
  judge({ year, month, day, weekday: null, span: { start, end } })
}

function readSlashed(text: string, shown: string, start: number, judge: Judge): void {
  const span = { start, end: start + shown.length }
  const [first, second, year] = shown.split('/').map(Number) as [number, number, number]
  if (!isBareBefore(text, span.start) || !isBareAfter(text, span.end) || first > 12 === second > 12) return
  const [month, day] = first > 12 ? [second, first] : [first, second]
  judge({ year, month, day, weekday: null, span })
}

/** No part of a path, a version, an id, a query or a longer number. */
function isBareBefore(text: string, start: number): boolean {
  return !/[\w./=&?#-]/.test(text[start - 1] ?? '')
}

function isBareAfter(text: string, end: number): boolean {
  return !/^(?:[\w/-]|\.\w)/.test(text.slice(end, end + 2))
}

const MONTH =
  /\b(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b/g
const BEFORE =
  /(?:\b(Sunday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday),? {1,2}(?:the )?)?(?:(?<![\d.:/,-])(\d{1,2})(st|nd|rd|th)?(?: of)? )?$/
const DAY_AFTER = /\.? (\d{1,2})(st|nd|rd|th)?(?:,? (\d{4})(?![\w-]|[.,]\d))?(?![\w%:/-]|[.,]\d)/y
const YEAR_AFTER = /\.?,? (\d{4})(?![\w%:/-]|[.,]\d)/y

/** `[Monday, ]March 3[rd][, 2021]` and `[Monday, ][the ]3[rd] [of ]March[ 2021]`; without a year only where the day is an ordinal. */
function readNamed(text: string, name: string, start: number, judge: Judge): void {
  const end = start + name.length
  const [lead = '', weekday = null, dayBefore, ordinalBefore] =
    BEFORE.exec(text.slice(Math.max(0, start - 30), start)) ?? []
  const dayFirst = dayBefore !== undefined
  const found = matchAt(dayFirst ? YEAR_AFTER : DAY_AFTER, text, end)
  const [tail = '', ...parts] = found ?? []
  const [day, ordinal, year] = dayFirst ? [dayBefore, ordinalBefore, parts[0]] : parts
  if (day === undefined || (ordinal === undefined && year === undefined)) return
  const span = { start: start - lead.length, end: end + tail.length }
  judge({ year: year === undefined ? null : Number(year), month: monthNumber(name), day: Number(day), weekday, span })
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

/** The Gregorian calendar holds from here on; before, neither 29 February nor a weekday is known (Britain changed last, in 1752). */
const FIRST_YEAR = 1753

function judgeDate(text: string, date: Stated, report: Report): void {
  const { year, month, day, span } = date
  if (month < 1 || month > 12 || day < 1 || day > 31) return
  if (year !== null && year < FIRST_YEAR && month === 2 && day > 28) return
  const truth = truthOf(date)
  if (truth === null || isAsserted(text, span)) report(span, truth)
}

/** What is right instead; null where the date holds. */
function truthOf({ year, month, day, weekday }: Stated): string | null {
  const days = daysInMonth(year, month)
  if (day > days) return `that month has ${days} days`
  if (weekday === null || year === null || year < FIRST_YEAR) return null
  const right = WEEKDAYS[weekdayOf(year, month, day)]!
  return right === weekday ? null : `a ${right}`
}
