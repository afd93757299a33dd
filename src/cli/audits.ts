import type { AuditFlags } from '../commands/audit.js'
import type { BlessFlags } from '../commands/bless.js'
import type { MergeFlags } from '../commands/merge.js'
import type { RenderFlags } from '../commands/render.js'
import type { SideBySideFlags, TrendFlags } from '../commands/side-by-side.js'
import { type Add, collect, EXIT_CODES, NO_EXEC, reading } from './options.js'

export const addAudit: Add = (root, context, done) => {
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
    .option('--threads <n>', 'threads that read and count; faster from about 1 GB an arm on (default: 1)')
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

export const addMerge: Add = (root, context, done) => {
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

export const addRender: Add = (root, context, done) => {
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

/** Commands that read reports of past audits. */
export const addSideBySide: Add = (root, context, done) => {
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
