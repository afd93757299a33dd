import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { type Node, Parser } from 'commonmark'

/** A link of a Markdown file that leads to no web address. */
export interface Link {
  readonly from: string
  readonly to: string
}

export function relativeLinks(root: string, file: string): Link[] {
  return nodesOf(readFileSync(join(root, file), 'utf8'))
    .filter(({ type }) => type === 'link' || type === 'image')
    .flatMap(({ destination }) => (destination === null || /^[a-z]+:/.test(destination) ? [] : [destination]))
    .map((to) => ({ from: file, to: decodeURI(to) }))
}

/** What is wrong with a link; null where it leads to a file, or to a heading, that is there. */
export function broken(root: string, { from, to }: Link): string | null {
  const [path = '', anchor] = to.split('#')
  const file = path === '' ? from : relative(root, join(root, dirname(from), path))
  if (file.startsWith('..')) return 'leads out of the repository'
  if (!existsSync(join(root, file))) return 'leads to no file'
  if (anchor === undefined) return null
  if (!statSync(join(root, file)).isFile()) return 'leads to a heading of a folder'
  return anchorsOf(readFileSync(join(root, file), 'utf8')).includes(anchor) ? null : 'leads to no heading'
}

/** The anchors that GitHub gives to headings: lower case, without punctuation, hyphens for spaces, numbered if repeated. */
export function anchorsOf(markdown: string): string[] {
  const seen = new Map<string, number>()
  return nodesOf(markdown)
    .filter(({ type }) => type === 'heading')
    .map((heading) => {
      const slug = textOf(heading)
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
        .replaceAll(' ', '-')
      const before = seen.get(slug) ?? 0
      seen.set(slug, before + 1)
      return before === 0 ? slug : `${slug}-${before}`
    })
}

/** Tables are paragraphs to CommonMark: what stands in their cells is read all the same. */
function nodesOf(markdown: string): Node[] {
  const nodes: Node[] = []
  const walker = new Parser().parse(markdown).walker()
  for (let step = walker.next(); step !== null; step = walker.next()) if (step.entering) nodes.push(step.node)
  return nodes
}

function textOf(heading: Node): string {
  let text = ''
  const walker = heading.walker()
  for (let step = walker.next(); step !== null; step = walker.next())
    text += step.entering ? (step.node.literal ?? '') : ''
  return text
}
