import type { Command } from 'commander'
import type { CommandContext } from '../../commands/context.js'
import { choice } from '../../commands/values.js'
import { offer } from './offer.js'
import { SCRIPTS, SHELLS } from './scripts.js'

/** `completion`, which prints a script for a shell, and `complete`, which that script asks. */
export function addCompletion(root: Command, { out }: CommandContext): void {
  root
    .command('completion')
    .description('Print a script that completes commands, options and their values in a shell.')
    .argument(`<${SHELLS.join('|')}>`, 'the shell')
    .addHelpText('after', '\nExample:\n  source <(tuneaudit completion bash)')
    .action((shell: string) => out(SCRIPTS[choice('completion', shell, SHELLS)]))
  root
    .command('complete', { hidden: true })
    .description('Say what may stand in place of the last word: for the scripts that completion prints.')
    .argument('[words...]', 'the words after the program’s name')
    .action(async (words: string[]) => {
      const { terms, files } = await offer(root, words.length === 0 ? [''] : words, load)
      const kind = files === null ? 'names' : `files\t${files}`
      out([kind, ...terms.map(({ name, about }) => `${name}\t${about}`)].map((line) => `${line}\n`).join(''))
    })
}

async function load() {
  return (await import('../../commands/vocabulary.js')).vocabulary
}
