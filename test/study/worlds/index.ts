import type { WorldName } from '../cell.js'
import { brier, discrimination, reliability } from './confidences.js'
import { formats } from './formats.js'
import { outcomes } from './outcomes.js'
import { scores } from './scores.js'
import { distinct, duplicates, repetition } from './texts.js'
import type { World, WorldParameters } from './world.js'

export const worlds: Readonly<Record<WorldName, (parameters: WorldParameters) => World>> = {
  outcomes,
  scores,
  brier,
  formats,
  reliability,
  discrimination,
  distinct,
  repetition,
  duplicates,
}
