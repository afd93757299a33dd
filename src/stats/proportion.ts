import { lastWhere } from './bisection.js'
import { normalQuantile } from './normal.js'
import { incompleteBeta } from './special.js'

/** `events` of n independent trials; whole numbers, 0 ≤ events ≤ n, n ≥ 1. */
export interface Events {
  readonly events: number
  readonly n: number
}

/** Both ends are shares, 0–1. */
export interface ShareInterval {
  readonly low: number
  readonly high: number
}

/**
 * Wilson's score interval of a share, each bound a one-sided test at α, so that together they cover 1 − 2α on average
 * over shares; for one share coverage may lie below. `low` is 0 without an event, `high` is 1 where all are events.
 * Throws a RangeError on counts that are none. Source: Wilson 1927, JASA 22:209–212.
 */
export function wilsonInterval({ events, n }: Events, alpha: number): ShareInterval {
  refuseOddCounts({ events, n })
  const z = -normalQuantile(alpha)
  const upper = 2 * events + z * z + z * Math.sqrt(z * z + (4 * events * (n - events)) / n)
  return {
    // (2k + z² − z·√…)/2(n + z²) without its cancellation for few events.
    low: (2 * events * events) / (n * upper),
    high: events === n ? 1 : upper / (2 * (n + z * z)),
  }
}

/**
 * Clopper and Pearson's exact interval of a share, each bound a one-sided binomial test at α: covers at least 1 − 2α,
 * whatever the share. `low` is 0 without an event, `high` is 1 where all are events. Throws a RangeError on counts that
 * are none. Source: Clopper & Pearson 1934, Biometrika 26:404–413.
 */
export function clopperPearson({ events, n }: Events, alpha: number): ShareInterval {
  refuseOddCounts({ events, n })
  const atLeast = (share: number) => incompleteBeta(share, 1 - share, events, n - events + 1)
  const atMost = (share: number) => incompleteBeta(1 - share, share, n - events, events + 1)
  return {
    low: lastWhere((share) => atLeast(share) < alpha, 0, events / n),
    high: lastWhere((share) => atMost(share) > alpha, events / n, 1),
  }
}

function refuseOddCounts({ events, n }: Events): void {
  if (n >= 1 && events >= 0 && events <= n) return
  throw new RangeError(`${events} events of ${n} trials`)
}
