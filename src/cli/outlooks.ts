import type { PlanFlags } from '../commands/plan-flags.js'
import type { SelftestFlags } from '../commands/selftest.js'
import { type Add, collect, NO_EXEC, reading } from './options.js'

export const addPlan: Add = (root, context, done) => {
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

const SELFTEST_EXIT_CODES = `Exit codes (stable):
  0    false alarms and power are as promised
  1    false alarms above alpha, or planted harm caught less often than predicted
  3    usage or config is wrong; nothing was read or written
  4    the data cannot be audited
  70   a bug in tuneaudit
  130  interrupted`

export const addSelftest: Add = (root, context, done) => {
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
