import type { TaskPolicy } from '../domain/policy.js'
import { brokenContent, type Verify } from './faults/broken-content.js'
import { certainConfidence } from './faults/certain-confidence.js'
import { copiedSamples } from './faults/copied-samples.js'
import type { Plant } from './faults/fault.js'
import { flippedAnswers } from './faults/flipped-answers.js'
import { oneFormat } from './faults/one-format.js'

/** Every way in which a fault is planted; `verify` asks the verifiers that the policies name. */
export function plantsFor(policyOf: (task: string) => TaskPolicy, verify: Verify): readonly Plant[] {
  return [brokenContent(policyOf, verify), ...oneFormat, certainConfidence, copiedSamples, flippedAnswers]
}
