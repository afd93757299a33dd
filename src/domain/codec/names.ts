import type { ArmCaseName, CaseName } from '../case.js'
import { ARMS, type Place } from '../record.js'
import { natural, oneOf, record, text } from './values.js'

export const arm = oneOf(ARMS)
export const caseName = record<CaseName>({ task: text, id: text })
export const armCaseName = record<ArmCaseName>({ task: text, id: text, arm })
export const place = record<Place>({ file: text, line: natural })
