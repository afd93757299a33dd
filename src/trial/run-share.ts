import type { RunShare } from '../domain/selftest.js'
import { clopperPearson } from '../stats/proportion.js'

/** Each end of the interval, so that it covers 95 %. */
const TAIL = 0.025

export function runShare(events: number, runs: number): RunShare {
  if (runs === 0) return { events, runs, share: 0, low: 0, high: 1 }
  return { events, runs, share: events / runs, ...clopperPearson({ events, n: runs }, TAIL) }
}
