import type { ConvertFlags } from '../commands/convert.js'
import type { InitFlags } from '../commands/init.js'
import type { InspectFlags } from '../commands/inspect.js'
import type { Add } from './options.js'

export const addInit: Add = (root, context, done) => {
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

export const addInspect: Add = (root, context, done) => {
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

export const addConvert: Add = (root, context, done) => {
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
