import { Command } from 'commander'
import type { CommandContext } from '../commands/context.js'
import type { ExplainFlags } from '../commands/explain.js'
import { addAudit, addMerge, addRender, addSideBySide } from './audits.js'
import { addCompletion } from './completion/commands.js'
import { addConvert, addInit, addInspect } from './data.js'
import { type Add, EXIT_CODES, NO_EXEC } from './options.js'
import { addPlan, addSelftest } from './outlooks.js'

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

const addExplain: Add = (root, context, done) => {
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

const addSchema: Add = (root, context, done) => {
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
