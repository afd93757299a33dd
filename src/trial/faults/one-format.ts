import { type Plant, withTuned } from './fault.js'

/** What an output says, wrapped so that all have one form. The content stays. */
const WRAPPINGS: Readonly<Record<string, (text: string) => string>> = {
  json: (text) => JSON.stringify({ answer: text }),
  fenced: (text) => `\`\`\`text\n${words(text).join('\n')}\n\`\`\``,
  list: (text) =>
    words(text)
      .map((line) => `- ${line}`)
      .concat('- end')
      .join('\n'),
  prose: (text) => `The answer in plain words is as follows: ${words(text).join(' ')}.`,
}

/** One for each format: which one hurts most depends on what a task's outputs look like. */
export const oneFormat: readonly Plant[] = Object.entries(WRAPPINGS).map(([way, wrap]) => ({
  fault: 'format-collapse',
  way,
  plant: (case_) =>
    case_.tuned.some(({ failed }) => failed !== null)
      ? null
      : withTuned(case_, (sample) => ({ ...sample, output: wrap(sample.output) })),
}))

/** The lines that say something, without marks that give them a form. */
function words(text: string): string[] {
  return text
    .replace(/[{}[\]<>`|*#"$\\]/g, ' ')
    .split('\n')
    .map((line) => line.replace(/^\s*(?:[-+•=_]+|\d{1,3}[.)])/, '').trim())
    .filter((line) => line !== '')
}
