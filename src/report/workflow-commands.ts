/**
 * A CI log obeys lines that begin with `::`, indented or not, and `##[` anywhere (GitHub’s and Azure’s runners read both
 * streams of a step), so that an output of a model could set what later steps read. No line of ours begins so.
 */
export function withoutCommands(text: string): string {
  return text.replace(/^([^\S\n]*):(?=:)/gm, '$1\\u003a').replace(/##(?=\[|vso)/g, '#\\u0023')
}

/** The value of a workflow command. https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
export function commandData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

export function commandProperty(text: string): string {
  return commandData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
