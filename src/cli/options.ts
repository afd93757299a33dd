import type { Command } from 'commander'
import type { CommandContext } from '../commands/context.js'

/** Adds a command; `done` hears the exit code. Commands are loaded when they are called: help needs none of them. */
export type Add = (root: Command, context: CommandContext, done: (exitCode: number) => void) => void

export const EXIT_CODES = `Exit codes (stable):
  0    pass: every guarded measure passes
  1    fail: harm is shown
  2    inconclusive: neither harm nor its absence is shown
  3    usage or config is wrong; nothing was read or written
  4    the data cannot be audited
  70   a bug in tuneaudit
  130  interrupted`

export const NO_EXEC = 'refuse a config that names a verifier or a plugin: run no code of anyone else'

/** What every command that reads records can be told. */
export function reading(command: Command): Command {
  return command
    .option('--baseline <path...>', 'outputs before tuning: files, globs, directories, or - for standard input')
    .option('--tuned <path...>', 'outputs after tuning, likewise')
    .option('--config <file>', 'config file (default: tuneaudit.config.yaml, .yml or .json in this folder)')
    .option('--detectors <detector,...>', 'only these, separated by commas')
    .option('--tasks <globs>', 'only these tasks, separated by commas')
    .option('--margin <measure=value>', 'harm that is tolerated, in the measure’s unit (repeatable)', collect)
    .option('--alpha <number>', 'error rate of each one-sided bound (default: 0.05)')
    .option('--fields <field=pointer,...>', 'where fields are: output=/choices/0/text,id=/meta/key')
    .option('--score <name>', 'which of "scores" is the score')
    .option('--input-format <log-format>', 'format of the logs (default: told by what each file holds)')
    .option('--baseline-provider <name>', 'of a log that holds several models: the baseline')
    .option('--tuned-provider <name>', 'likewise: the tuned model')
    .option('--labels <file>', 'spreadsheet (CSV) of labels: id and correct, score or scores.<name>')
    .option('--no-exec', NO_EXEC)
    .option('--max-bad-lines <n>', 'bad lines to tolerate in each arm (default: 0)')
    .option('--max-line-bytes <n>', 'longest line (default: 67108864)')
}

/** For what may be said several times. */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value]
}
