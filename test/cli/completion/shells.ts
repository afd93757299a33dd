import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BIN } from '../run.js'

/** Null where the shell, or the terminal that a test types into, is not installed. */
export function whyNot(shell: 'bash' | 'zsh' | 'fish'): string | null {
  const has = (name: string) => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0
  if (!has(shell)) return `no ${shell}`
  const linux = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout ?? ''
  return shell !== 'fish' && !linux.includes('util-linux') ? 'no script of util-linux' : null
}

/** All that a shell could offer instead of the last word, put into the line by the shell itself. */
const ALL = '\u000f'

const SHOWN = `shown() { printf '<<'; printf '%s|' "$@"; printf '>>\\n'; }\n`

const SETUP = {
  bash: `source <(tuneaudit completion bash)\nbind '"\\C-o": insert-completions'\nPS1='ready> '\n${SHOWN}`,
  zsh: `autoload -Uz compinit && compinit -u -D
source <(tuneaudit completion zsh)
zle -C all-matches complete-word _generic
bindkey '^O' all-matches
zstyle ':completion:all-matches::::' completer _all_matches _complete
zstyle ':completion:all-matches:*' insert true
unsetopt beep prompt_sp
PS1='ready> '
${SHOWN}`,
} as const

const START = { bash: 'bash --noprofile --rcfile rc -i', zsh: 'zsh -d -i' } as const

/** A folder in which `tuneaudit` is a command, as after an installation. */
export function prepare(folder: string): void {
  mkdirSync(join(folder, 'bin'))
  symlinkSync(BIN, join(folder, 'bin/tuneaudit'))
  writeFileSync(join(folder, 'rc'), SETUP.bash)
  writeFileSync(join(folder, '.zshrc'), SETUP.zsh)
}

function environment(folder: string): NodeJS.ProcessEnv {
  const { PATH } = process.env
  return { PATH: `${join(folder, 'bin')}:${PATH}`, HOME: folder, ZDOTDIR: folder, TERM: 'dumb', LC_ALL: 'C.UTF-8' }
}

export interface Session {
  /** The words of the line after `text` was typed and the key that completes: as the shell itself parses them. */
  after(text: string): Promise<string[]>
  /** The same with everything that the shell could offer for the last word. */
  everything(text: string): Promise<string[]>
  end(): void
}

/** A shell at a terminal, at whose prompt a test types. */
export async function session(shell: 'bash' | 'zsh', folder: string): Promise<Session> {
  const options = { cwd: folder, env: environment(folder), stdio: 'pipe' } as const
  const child = spawn('script', ['-qfec', START[shell], '/dev/null'], options)
  const next = reader(child)
  await next(/ready> /)
  const typed = async (text: string, key: string) => {
    // To the beginning of the line, so that what stands there becomes the arguments of `shown`.
    child.stdin?.write(`${text}${key}\u0001shown \r`)
    const [, words = ''] = await next(/<<([\s\S]*?)\|>>[\s\S]*?ready> /)
    return words.split('|')
  }
  return {
    after: (text) => typed(text, '\t'),
    everything: (text) => typed(text, ALL),
    end: () => void child.kill('SIGKILL'),
  }
}

/** Reads on to the next place that looks so. */
function reader(child: ChildProcess): (until: RegExp) => Promise<RegExpExecArray> {
  let seen = ''
  let look = () => {}
  let fail = (_: Error) => {}
  child.on('close', () => fail(new Error(`the shell ended: ${seen}`)))
  child.stdout?.on('data', (chunk: Buffer) => {
    seen += chunk.toString()
    look()
  })
  return (until) =>
    new Promise((resolve, reject) => {
      fail = reject
      look = () => {
        const found = until.exec(seen)
        if (found === null) return
        seen = seen.slice(found.index + found[0].length)
        look = () => {}
        resolve(found)
      }
      look()
    })
}

/** What fish offers, by its own word. */
export function fishOffers(folder: string, text: string): string[] {
  const script = 'tuneaudit completion fish | source; complete -C $argv[1]'
  const { stdout, stderr } = spawnSync('fish', ['--no-config', '-c', script, text], {
    cwd: folder,
    env: environment(folder),
    encoding: 'utf8',
  })
  if (stderr !== '') throw new Error(stderr)
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t')[0]!)
}
