import { Command } from 'commander'
import type { AuditFlags } from '../commands/audit.js'
import type { BlessFlags } from '../commands/bless.js'
import type { CommandContext } from '../commands/context.js'
import type { ConvertFlags } from '../commands/convert.js'
import type { ExplainFlags } from '../commands/explain.js'
import type { InitFlags } from '../commands/init.js'
import type { InspectFlags } from '../commands/inspect.js'
import type { MergeFlags } from '../commands/merge.js'
import type { PlanFlags } from '../commands/plan-flags.js'
import type { RenderFlags } from '../commands/render.js'
import type { SelftestFlags } from '../commands/selftest.js'
import type { SideBySideFlags, TrendFlags } from '../commands/side-by-side.js'
import { addCompletion } from './completion/commands.js'

const EXIT_CODES = `Exit codes (stable):
  0    pass: every guarded measure passes
  1    fail: harm is shown
  2    inconclusive: neither harm nor its absence is shown
  3    usage or config is wrong; nothing was read or written
  4    the data cannot be audited
  70   a bug in tuneaudit
  130  interrupted`

const NO_EXEC = 'refuse a config that names a verifier or a plugin: run no code of anyone else'

// Commands are loaded when they are called: help needs none of them.

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
  addRender(root, context, done)
  addMerge(root, context, done)
  addInit(root, context, done)
  addPlan(root, context, done)
  addSelftest(root, context, done)
  addInspect(root, context, done)
  addConvert(root, context, done)
  addSideBySide(root, context, done)
  addExplain(root, context, done)
  addSchema(root, context, done)
  addCompletion(root, context)
  return root
}

function addAudit(root: Command, context: CommandContext, done: (exitCode: number) => void): void {
  reading(root.command('audit'))
    .description('Compare a baseline with a tuned model on the same prompts and give a verdict.')
    .argument('[paths...]', 'none: both arms are given by name')
    .option(
      '--report <format=path>',
      'also write a report: html, md, junit, sarif, github or json=report.json (repeatable)',
      collect,
    )
    .option('--format <format>', 'standard output: terminal, json, md, github, junit, sarif or html', 'terminal')
    .option('--allow-identical', 'judge arms that say the same throughout: a trial of the gate, not of a tune')
    .option('--blessed <file>', 'what tuneaudit bless wrote: the baseline must be the model that it accepts')
    .option('--on-inconclusive <default|fail|pass>', 'exit code of an inconclusive verdict: 2, 1 or 0')
    .option('--threads <n>', 'threads that read and count; more than one is not faster yet (default: 1)')
    .option('--temp-dir <folder>', 'where standard input, and compressed files in another order, are kept meanwhile')
    .option('--shard <k/n>', 'count only the k-th of n shards of the cases, for tuneaudit merge; needs --tallies')
    .option(
      '--shard-by <cases|files>',
      'cases: every shard is given all files (default); files: each has files of its own',
    )
    .option('--tallies <file>', 'where a shard writes what it counted (.gz: compressed)')
    .option('--no-examples', 'leave outputs out of every report')
    .option('--quiet', 'no terminal report and no notes')
    .option('--no-color', 'no colours')
    .option('--print-config', 'print the resolved config and exit')
    .addHelpText(
      'after',
      `\nExample:\n  tuneaudit audit --baseline before.jsonl --tuned after.jsonl --report json=report.json\n\n${EXIT_CODES}`,
    )
    .action(async (paths: string[], flags: AuditFlags) => {
      const { auditCommand } = await import('../commands/audit.js')
      done(await auditCommand(paths, flags, context))
    })
}

function addMerge(root: Command, context: CommandContext, done: (exitCode: number) => void): void {
  root
    .command('merge')
    .description('Add what shards counted and give the verdict that one run would have given.')
    .argument('<tallies...>', 'what tuneaudit audit --shard k/n --tallies wrote, of every shard')
    .option(
      '--report <format=path>',
      'also write a report: html, md, junit, sarif, github or json=report.json (repeatable)',
      collect,
    )
    .option('--format <format>', 'standard output: terminal, json, md, github, junit, sarif or html', 'terminal')
    .option('--config <file>', 'where tallies were counted with plugins: the config that names them')
    .option('--no-exec', NO_EXEC)
    .option('--quiet', 'no terminal report and no notes')
    .option('--no-color', 'no colours')
    .addHelpText('after', `\nExample:\n  tuneaudit merge part-*.json --report json=report.json\n\n${EXIT_CODES}`)
    .action(async (paths: string[], flags: MergeFlags) => {
      const { mergeCommand } = await import('../commands/merge.js')
      done(await mergeCommand(paths, flags, context))
    })
}

function addRender(root: Command, context: CommandContext, done: (exitCode: number) => void): void {
  root
    .command('render')
    .description('Make other reports of the JSON report of an audit: the same bytes as the audit would have written.')
    .argument('<report>', 'what audit --report json=… wrote')
    .option('--to <format=path>', 'html, md, junit, sarif, github or json=out.json (repeatable)', collect)
    .option('--format <format>', 'standard output instead: terminal, json, md, github, junit, sarif or html')
    .option('--no-color', 'no colours')
    .addHelpText('after', '\nExample:\n  tuneaudit render report.json --to html=report.html --to md=report.md')
    .action(async (path: string, flags: RenderFlags) => {
      const { renderCommand } = await import('../commands/render.js')
      done(await renderCommand(path, flags, context))
    })
}

function addInit(root: Command, context: CommandContext, done: (exitCode: number) => void): void {
  root
    .command('init')
    .description('Look at both arms and write a commented config, made from the baseline alone.')
    .argument('[paths...]', 'none: both arms are given by name')
    .option('--baseline <path...>', 'outputs before tuning: files, globs or directories')
    .option('--tuned <path...>', 'outputs after tuning, likewise; looked at, and no part of the config')
    .option('-o, --output <file>', 'the config to write', 'tuneaudit.config.yaml')
    .option('--yes', 'ask nothing: every question has its default (so without a terminal, too)')
    .option('--force', 'overwrite a config that is there')
    .option('--tasks <globs>', 'only these tasks, separated by commas')
    .option('--fields <field=pointer,...>', 'where fields are: output=/choices/0/text,id=/meta/key')
    .option('--score <name>', 'which of "scores" is the score')
    .option('--input-format <log-format>', 'format of the logs (default: told by what each file holds)')
    .option('--baseline-provider <name>', 'of a log that holds several models: the baseline')
    .option('--tuned-provider <name>', 'likewise: the tuned model')
    .addHelpText('after', INIT_HELP)
    .action(async (paths: string[], flags: InitFlags) => {
      const { initCommand } = await import('../commands/init.js')
      done(await initCommand(paths, flags, context))
    })
}

const INIT_HELP = `
What is written: margins that so many cases can decide, formats and JSON schemas that the
baseline keeps, what variety is worth where prompts are repeated. What is only offered, as
comments: log probabilities as confidence, columns that look like a field, graders.

Example:
  tuneaudit init --baseline before.jsonl --tuned after.jsonl -o audit.yaml

Exit codes (stable):
  0    the config is written
  3    usage is wrong, or the config is there already; nothing was written
  4    the data cannot be read
  70   a bug in tuneaudit
  130  interrupted`

function addPlan(root: Command, context: CommandContext, done: (exitCode: number) => void): void {
  root
    .command('plan')
    .description('Say what an audit of so many cases could tell, and how many it takes.')
    .argument('[paths...]', 'none: paths are given by name')
    .option('--baseline <path...>', 'from outputs before tuning: files, globs, directories, or - for standard input')
    .option('--report <file>', 'from the JSON report of a past audit')
    .option('--rate <share>', 'from nothing but the share that is right; with --churn and --margin')
    .option('--omega2 <variance>', 'cases that show a change of --delta: the variance of a change over cases')
    .option('--cases <n>', 'plan for so many cases (default: as many as there are)')
    .option('--churn <share>', 'share of the cases whose outcome a harmless tune flips (default: 0.15 without repeats)')
    .option(
      '--margin <measure=value>',
      'harm that is tolerated: measure=value (repeatable); with --rate the value alone',
      collect,
    )
    .option('--alpha <number>', 'error rate of each one-sided bound (default: 0.05)')
    .option('--delta <change>', 'with --omega2: the change to be shown')
    .option('--sides <n>', 'with --omega2: 1 (default) or 2')
    .option('--power <number>', 'with --omega2 (default: 0.8)')
    .option('--sigma2-a <variance>', 'with --omega2: variance of the samples of one case, baseline')
    .option('--sigma2-b <variance>', 'with --omega2: the same, tuned')
    .option('--samples-a <n>', 'with --omega2: samples per case, baseline (default: 1)')
    .option('--samples-b <n>', 'with --omega2: the same, tuned')
    .option('--config <file>', 'config file (default: tuneaudit.config.yaml, .yml or .json in this folder)')
    .option('--detectors <detector,...>', 'only these, separated by commas')
    .option('--tasks <globs>', 'only these tasks, separated by commas')
    .option('--fields <field=pointer,...>', 'where fields are: output=/choices/0/text,id=/meta/key')
    .option('--score <name>', 'which of "scores" is the score')
    .option('--labels <file>', 'spreadsheet (CSV) of labels: id and correct, score or scores.<name>')
    .option('--no-exec', NO_EXEC)
    .option('--max-bad-lines <n>', 'bad lines to tolerate (default: 0)')
    .option('--max-line-bytes <n>', 'longest line (default: 67108864)')
    .option('--format <terminal|json>', 'standard output', 'terminal')
    .option('--no-color', 'no colours')
    .addHelpText('after', '\nExample:\n  tuneaudit plan --baseline before.jsonl --margin score=.03')
    .action(async (paths: string[], flags: PlanFlags) => {
      const { planCommand } = await import('../commands/plan.js')
      done(await planCommand(paths, flags, context))
    })
}

function addInspect(root: Command, context: CommandContext, done: (exitCode: number) => void): void {
  root
    .command('inspect')
    .description('Say what is in a log: format, tasks, cases, scores, fields, problems.')
    .argument('<paths...>', 'files, globs, directories, or - for standard input')
    .option('--input-format <log-format>', 'format of the logs (default: told by what each file holds)')
    .option('--provider <name>', 'of a log that holds several models: this one alone')
    .option('--fields <field=pointer,...>', 'where fields are: output=/choices/0/text,id=/meta/key')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  tuneaudit inspect runs/samples_gsm8k_2026-01-21T03-44-18.jsonl')
    .action(async (paths: string[], flags: InspectFlags) => {
      const { inspectCommand } = await import('../commands/inspect.js')
      done(await inspectCommand(paths, flags, context))
    })
}

function addConvert(root: Command, context: CommandContext, done: (exitCode: number) => void): void {
  root
    .command('convert')
    .description('Write the records of a log in another form, to standard output.')
    .argument('<paths...>', 'files, globs, directories, or - for standard input')
    .requiredOption(
      '--to <native|every-eval-ever>',
      'the tool’s own JSON lines, or Every Eval Ever at the level of instances',
    )
    .option('-o, --output <file>', 'into this file instead, whole or not at all')
    .option('--input-format <log-format>', 'format of the logs (default: told by what each file holds)')
    .option('--provider <name>', 'of a log that holds several models: this one alone')
    .option('--fields <field=pointer,...>', 'where fields are: output=/choices/0/text,id=/meta/key')
    .addHelpText('after', '\nExample:\n  tuneaudit convert runs/scenario_state.json --to native | tuneaudit inspect -')
    .action(async (paths: string[], flags: ConvertFlags) => {
      const { convertCommand } = await import('../commands/convert.js')
      done(await convertCommand(paths, flags, context))
    })
}

/** Commands that read reports of past audits. */
function addSideBySide(root: Command, context: CommandContext, done: (exitCode: number) => void): void {
  root
    .command('bless')
    .description('Write down that somebody accepts the tuned model of an audit: the baseline of the next one.')
    .argument('<report>', 'JSON report of the audit')
    .option('--owner <name>', 'who accepts it')
    .option('--reason <text>', 'why')
    .option('-o, --output <file>', 'what to write, to commit beside the config', 'tuneaudit.blessed.json')
    .addHelpText('after', '\nExample:\n  tuneaudit bless report.json --owner "A. Ng" --reason "release 7"')
    .action(async (path: string, flags: BlessFlags) => {
      const { blessCommand } = await import('../commands/bless.js')
      done(await blessCommand(path, flags, context))
    })
  root
    .command('trend')
    .description('Show each measure over the reports of several audits, and where it first failed.')
    .argument('<reports...>', 'JSON reports, in the order of their checkpoints')
    .option('--report <terminal|json|html|md=path>', 'also write it as a page: html=trend.html (repeatable)', collect)
    .option('--format <terminal|json|html|md>', 'standard output', 'terminal')
    .option('--no-color', 'no colours')
    .addHelpText(
      'after',
      '\nExample:\n  tuneaudit trend step-100.json step-200.json step-300.json --report html=trend.html',
    )
    .action(async (paths: string[], flags: TrendFlags) => {
      const { trendCommand } = await import('../commands/side-by-side.js')
      done(await trendCommand(paths, flags, context))
    })
  root
    .command('compare')
    .description('Say what changed between two audits: verdict, inputs, config, findings.')
    .argument('<reports...>', 'two JSON reports, the earlier one first')
    .option('--format <terminal|json>', 'standard output', 'terminal')
    .option('--no-color', 'no colours')
    .addHelpText('after', '\nExample:\n  tuneaudit compare monday.json tuesday.json')
    .action(async (paths: string[], flags: SideBySideFlags) => {
      const { compareCommand } = await import('../commands/side-by-side.js')
      done(await compareCommand(paths, flags, context))
    })
}

/** What every command that reads records can be told. */
function reading(command: Command): Command {
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

const SELFTEST_EXIT_CODES = `Exit codes (stable):
  0    false alarms and power are as promised
  1    false alarms above alpha, or planted harm caught less often than predicted
  3    usage or config is wrong; nothing was read or written
  4    the data cannot be audited
  70   a bug in tuneaudit
  130  interrupted`

function addSelftest(root: Command, context: CommandContext, done: (exitCode: number) => void): void {
  reading(root.command('selftest'))
    .description('Show on your own data how often the verdict cries wolf, what harm it misses and what it blames.')
    .argument('[paths...]', 'none: both arms are given by name')
    .option('--runs <n>', 'data sets without harm that are judged (default: 1000); faults are planted in a fifth')
    .option('--seed <n>', 'of the random numbers (default: 1)')
    .option('--format <terminal|json>', 'standard output', 'terminal')
    .addHelpText(
      'after',
      `\nExample:\n  tuneaudit selftest --baseline before.jsonl --tuned after.jsonl\n\n${SELFTEST_EXIT_CODES}`,
    )
    .action(async (paths: string[], flags: SelftestFlags) => {
      const { selftestCommand } = await import('../commands/selftest.js')
      done(await selftestCommand(paths, flags, context))
    })
}

function addExplain(root: Command, context: CommandContext, done: (exitCode: number) => void): void {
  root
    .command('explain')
    .description('Say why and how something is measured, its limits, sources, options and defaults.')
    .argument('[topic]', 'a detector, a measure or a key of the config; without it, all detectors and measures')
    .option('--config <file>', 'config whose plugins are explained too (default: tuneaudit.config.yaml, as in audit)')
    .option('--no-exec', NO_EXEC)
    .addHelpText('after', '\nExample:\n  tuneaudit explain brier-score')
    .action(async (topic: string | undefined, flags: ExplainFlags) => {
      const { explainCommand } = await import('../commands/explain.js')
      done(await explainCommand(topic, flags, context))
    })
}

function addSchema(root: Command, context: CommandContext, done: (exitCode: number) => void): void {
  root
    .command('schema')
    .description('Print the JSON Schema of what the tool writes, or of the config.')
    .argument('<schema>', 'report, plan, selftest, config, trend, comparison or blessing')
    .option('--config <file>', 'of the config schema: with the detectors of the plugins that this config names')
    .option('--no-exec', NO_EXEC)
    .addHelpText('after', '\nExample:\n  tuneaudit schema config')
    .action(async (which: string, flags: ExplainFlags) => {
      const { schemaCommand } = await import('../commands/schema.js')
      done(await schemaCommand(which, flags, context))
    })
}

function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value]
}
