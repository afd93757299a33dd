import type { Plan } from '../../domain/plan.js'
import type { RenderOptions } from '../index.js'
import { renderPlanJson } from './json.js'
import { renderPlan } from './terminal.js'

export type RenderPlan = (plan: Plan, options: RenderOptions) => string

export const planReporters = { json: renderPlanJson, terminal: renderPlan } as const satisfies Record<
  string,
  RenderPlan
>
