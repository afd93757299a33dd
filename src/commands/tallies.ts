import { resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { EXIT } from '../audit/verdict.js'
import { printable, shown } from '../domain/printable.js'
import { AuditError, isUsageProblem } from '../domain/problem.js'
import type { ShardOutcome } from '../engine/shard.js'
import { STDIN } from '../input/paths.js'
import { MOST_SHARDS, SHARDED_BY, type Shard } from '../input/shard.js'
import type { CommandContext } from './context.js'
import type { ReadFlags } from './policy.js'
import { type Target, writeWhole } from './report-files.js'
import { noteIgnored } from './reported.js'
import { choice } from './values.js'

export interface ShardFlags {
  readonly shard?: string
  readonly shardBy?: string
  readonly tallies?: string
}

type Flags = ShardFlags & Pick<ReadFlags, 'baseline' | 'tuned'> & { readonly report?: readonly string[] }

/** Null where all cases are observed and judged. Throws AuditError `usage` for flags that do not go together. */
export function shardOf({ shard, shardBy, tallies, report, baseline = [], tuned = [] }: Flags): Shard | null {
  if (shard === undefined) {
    if (tallies !== undefined) throw usage('--tallies needs --shard k/n; for one shard of all cases, --shard 1/1.')
    if (shardBy !== undefined) throw usage('--shard-by needs --shard k/n.')
    return null
  }
  const by = choice('--shard-by', shardBy ?? 'cases', SHARDED_BY)
  const [, k, n] = /^(\d{1,9})\/(\d{1,9})$/.exec(shard) ?? []
  const [number, of] = [Number(k), Number(n)]
  if (k === undefined || number < 1 || number > of || of > MOST_SHARDS)
    throw usage(`--shard: ${shown(shard)} is not k/n, with k from 1 to n and n at most ${MOST_SHARDS}.`)
  if (tallies === undefined) throw usage('--shard needs --tallies <file>: what this shard counts is written there.')
  if (report !== undefined) throw usage('a shard is not judged: --report belongs to tuneaudit merge.')
  if ([...baseline, ...tuned].includes(STDIN)) throw usage('a shard reads files, so that others can read the same.')
  return { number, of, by }
}

export function talliesOf({ tallies }: ShardFlags, { cwd }: CommandContext): Target | null {
  return tallies === undefined ? null : { path: tallies, absolute: resolve(cwd, tallies) }
}

interface Wanted {
  readonly tallies: Target
  readonly shard: Shard
  readonly flags: { readonly quiet?: boolean }
}

/** Observes one shard and writes what it counted; returns the exit code. */
export async function tally(
  observe: () => Promise<ShardOutcome>,
  { tallies, shard, flags }: Wanted,
  context: CommandContext,
): Promise<number> {
  try {
    const outcome = await observe()
    writeWhole(tallies, encoded(outcome.tallies, tallies.path))
    if (flags.quiet) return EXIT.pass
    noteIgnored(outcome.ignored, context)
    context.err(
      `shard ${shard.number}/${shard.of}: ${outcome.cases} cases counted in ${printable(tallies.path)}; judged by tuneaudit merge\n`,
    )
    return EXIT.pass
  } catch (error) {
    if (!(error instanceof AuditError) || isUsageProblem(error.problem)) throw error
    context.err(`error: ${error.message}\nexit ${EXIT.data} (error)\n`)
    return EXIT.data
  }
}

function encoded(tallies: object, path: string): string | Uint8Array {
  const json = `${JSON.stringify(tallies)}\n`
  return path.endsWith('.gz') ? gzipSync(json) : json
}

function usage(message: string): AuditError {
  return new AuditError({ code: 'usage', message })
}
