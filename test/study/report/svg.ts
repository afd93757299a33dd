/** Numbers with a name: a line through points, or dots. */
export interface Series {
  readonly name: string
  readonly kind: 'line' | 'dots'
  readonly points: readonly (readonly [x: number, y: number])[]
}

export interface Panel {
  readonly title: string
  readonly series: readonly Series[]
}

export interface Chart {
  readonly title: string
  readonly about: string
  /** Positions along the logarithm, with their labels. */
  readonly x: readonly number[]
  readonly xLabel: string
  /** From 0 to the last tick, shares. */
  readonly y: readonly number[]
  /** Shares that lines are drawn at. */
  readonly marks: readonly { readonly at: number; readonly label: string }[]
  readonly panels: readonly Panel[]
}

const PANEL = { width: 330, height: 240, left: 44, top: 58, gap: 40, markRoom: 40, bottom: 46 } as const
const LEGEND_ROW = 18
const LEGEND_COLUMN = 260
const MARGIN = 16

/** Eight hues that stay apart for colour-blind readers, on white and on black. Source: Okabe & Ito 2008, Color universal design. */
export const HUES = [
  '#0072b2',
  '#d55e00',
  '#009e73',
  '#cc79a7',
  '#b8860b',
  '#56b4e9',
  '#7a7a7a',
  '#8a63d2',
  '#e69f00',
  '#4d9221',
]

const STYLE = [
  'text{font:12px system-ui,sans-serif;fill:#24292f}',
  '.title{font-weight:600;font-size:14px}',
  '.grid{stroke:#d0d7de}.mark{stroke:#cf222e;stroke-dasharray:4 3}.mark-label{fill:#cf222e}',
  '.back{fill:#ffffff}',
  '@media(prefers-color-scheme:dark){text{fill:#e6edf3}.grid{stroke:#3d444d}.back{fill:#0d1117}.mark{stroke:#ff7b72}.mark-label{fill:#ff7b72}}',
].join('')

/** Panels side by side with shared axes, and one legend below. */
export function chart({ title, about, panels, ...axes }: Chart): string {
  const names = [...new Set(panels.flatMap(({ series }) => series.map(({ name }) => name)))]
  const width = panels.length * (PANEL.width + PANEL.gap) + PANEL.left
  const legendTop = PANEL.top + PANEL.height + PANEL.bottom
  const columns = Math.max(1, Math.floor((width - PANEL.left) / LEGEND_COLUMN))
  const height = legendTop + Math.ceil(names.length / columns) * LEGEND_ROW + 10
  const hueOf = (name: string) => HUES[names.indexOf(name) % HUES.length]!
  const body = [
    ...panels.map((panel, place) => drawPanel(panel, axes, PANEL.left + place * (PANEL.width + PANEL.gap), hueOf)),
    ...names.map((name, place) => {
      const x = PANEL.left + (place % columns) * LEGEND_COLUMN
      const y = legendTop + Math.floor(place / columns) * LEGEND_ROW
      return `<circle cx="${x + 5}" cy="${y - 4}" r="4" fill="${hueOf(name)}"/><text x="${x + 15}" y="${y}">${xmlText(name)}</text>`
    }),
  ]
  return picture({ title, about, width, height, body })
}

export interface Picture {
  readonly title: string
  readonly about: string
  readonly width: number
  readonly height: number
  readonly body: readonly string[]
}

/** A picture with its title, readable on a light and on a dark page. */
export function picture({ title, about, width, height, body }: Picture): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${xmlText(title)}</title><desc>${xmlText(about)}</desc><style>${STYLE}</style>`,
    `<rect class="back" width="${width}" height="${height}"/>`,
    `<text class="title" x="${MARGIN}" y="22">${xmlText(title)}</text>`,
    ...body,
    '</svg>',
    '',
  ].join('\n')
}

type Axes = Omit<Chart, 'title' | 'about' | 'panels'>

function drawPanel(panel: Panel, { x, xLabel, y, marks }: Axes, left: number, hueOf: (name: string) => string): string {
  const from = Math.log(x[0]!)
  const span = Math.log(x.at(-1)!) - from
  const at = (value: number) => round(left + 8 + ((PANEL.width - 8 - PANEL.markRoom) * (Math.log(value) - from)) / span)
  const height = (share: number) => round(PANEL.top + PANEL.height * (1 - Math.min(share, y.at(-1)!) / y.at(-1)!))
  const right = left + PANEL.width
  const bottom = PANEL.top + PANEL.height
  return [
    `<text x="${left}" y="${PANEL.top - 14}">${xmlText(panel.title)}</text>`,
    ...y.map(
      (share) =>
        `<line class="grid" x1="${left}" x2="${right}" y1="${height(share)}" y2="${height(share)}"/><text x="${left - 6}" y="${height(share) + 4}" text-anchor="end">${round(share * 100)}</text>`,
    ),
    ...x.map((value) => `<text x="${at(value)}" y="${bottom + 18}" text-anchor="middle">${value}</text>`),
    `<text x="${(left + right) / 2}" y="${bottom + 34}" text-anchor="middle">${xmlText(xLabel)}</text>`,
    ...marks.map(
      (mark) =>
        `<line class="mark" x1="${left}" x2="${right}" y1="${height(mark.at)}" y2="${height(mark.at)}"/><text class="mark-label" x="${right - 4}" y="${height(mark.at) - 4}" text-anchor="end">${xmlText(mark.label)}</text>`,
    ),
    ...panel.series.map(({ name, kind, points }) => {
      const places = points.map(([px, py]) => [at(px), height(py)] as const)
      const dots = places.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="3"/>`).join('')
      if (kind === 'dots') return `<g fill="${hueOf(name)}" fill-opacity=".7">${dots}</g>`
      const line = places.map(([px, py]) => `${px},${py}`).join(' ')
      return `<polyline points="${line}" fill="none" stroke="${hueOf(name)}" stroke-width="2"/><g fill="${hueOf(name)}">${dots}</g>`
    }),
  ].join('\n')
}

function round(x: number): number {
  return Math.round(x * 10) / 10
}

function xmlText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
