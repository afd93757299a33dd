import type { Plan } from '../../domain/plan.js'
import { jsonText } from '../json.js'

/** The plan itself. */
export function renderPlanJson(plan: Plan): string {
  return jsonText(plan)
}
