import { Command } from 'commander'
import { type AuditFlags, auditCommand } from '../commands/audit.js'
import type { CommandContext } from '../commands/context.js'
import { explainCommand } from '../commands/explain.js'
import { schemaCommand } from '../commands/schema.js'

const EXIT_CODES = `Exit codes (stable):
  0    pass: every guarded measure passes
  1    fail: harm is shown
  2    inconclusive: neither harm nor its absence is shown
  3    usage or config is wrong; nothing was read or written
  4    the data cannot be audited
  70   a bug in tuneaudit
  130  interrupted`

/** The command line, as data for commander; `done` hears the exit code. */
export function program(context: CommandContext, done: (exitCode: number) => void): Command {
  const root = new Command('tuneaudit')
    .description('Reads what a model said before and after fine-tuning and decides whether the tune broke anything.')
    .version(context.version)
    .exitOverride()
    .configureOutput({ writeOut: context.out, writeErr: context.err })
    .showSuggestionAfterError()
    .addHelpText('after', `\nExample:\n  tuneaudit audit --baseline before.jsonl --tuned after.jsonl\n\n${EXIT_CODES}`)
  addAudit(root, context, done)
  addExplain(root, context, done)
  addSchema(root, context, done)
  return root
}

function addAudit(root: Command, context: CommandContext, done: (exitCode: number) => void): void {
  root
    .command('audit')
    .description('Compare a baseline with a tuned model on the same prompts and give a verdict.')
    .argument('[paths...]', 'none: both arms are given by name')
    .option('--baseline <path...>', 'outputs before tuning: files, globs, directories, or - for standard input')
    .option('--tuned <path...>', 'outputs after tuning, likewise')
    .option('--config <file>', 'config file (default: tuneaudit.config.yaml, .yml or .json in this folder)')
    .option('--report <format=path>', 'also write a report: json=report.json (repeatable)', collect)
    .option('--format <format>', 'standard output: terminal or json', 'terminal')
    .option('--detectors <names>', 'only these, separated by commas')
    .option('--tasks <globs>', 'only these tasks, separated by commas')
    .option('--margin <measure=value>', 'harm that is tolerated, in the measure’s unit (repeatable)', collect)
    .option('--alpha <number>', 'error rate of each one-sided bound (default: 0.05)')
    .option('--on-inconclusive <what>', 'exit code of an inconclusive verdict: default (2), fail (1) or pass (0)')
    .option('--fields <field=pointer,...>', 'where fields are: output=/choices/0/text,id=/meta/key')
    .option('--score <name>', 'which of "scores" is the score')
    .option('--labels <file>', 'spreadsheet (CSV) of labels: id and correct, score or scores.<name>')
    .option('--allow-identical', 'judge arms that say the same throughout: a trial of the gate, not of a tune')
    .option('--no-exec', 'refuse a config that names a verifier: run no code of anyone else')
    .option('--max-bad-lines <n>', 'bad lines to tolerate in each arm (default: 0)')
    .option('--max-line-bytes <n>', 'longest line (default: 67108864)')
    .option('--no-examples', 'leave outputs out of every report')
    .option('--quiet', 'no terminal report and no notes')
    .option('--no-color', 'no colours')
    .option('--print-config', 'print the resolved config and exit')
    .addHelpText(
      'after',
      `\nExample:\n  tuneaudit audit --baseline before.jsonl --tuned after.jsonl --report json=report.json\n\n${EXIT_CODES}`,
    )
    .action(async (paths: string[], flags: AuditFlags) => done(await auditCommand(paths, flags, context)))
}

function addExplain(root: Command, context: CommandContext, done: (exitCode: number) => void): void {
  root
    .command('explain')
    .description('Say why and how something is measured, its limits, sources, options and defaults.')
    .argument('[name]', 'a detector, a measure or a key of the config; without it, all detectors and measures')
    .addHelpText('after', '\nExample:\n  tuneaudit explain brier-score')
    .action((name: string | undefined) => done(explainCommand(name, context)))
}

function addSchema(root: Command, context: CommandContext, done: (exitCode: number) => void): void {
  root
    .command('schema')
    .description('Print the JSON Schema of the report or of the config.')
    .argument('<which>', 'report or config')
    .addHelpText('after', '\nExample:\n  tuneaudit schema config')
    .action((which: string) => done(schemaCommand(which, context)))
}

function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value]
}
