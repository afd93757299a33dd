import type { ASTNode } from '@marcbachmann/cel-js'
import { RuleError } from './rule-error.js'
import { FUNCTIONS } from './rule-functions.js'

/** 7 / 2 is 3 in CEL and 3.5 to most who write rules; neither is to be surprised in silence. Throws RuleError. */
export function refuseWholeDivision([a, b]: readonly [ASTNode, ASTNode]): void {
  if (!isWhole(a) || !isWhole(b)) return
  throw new RuleError(
    'both sides are whole numbers. Write double(a) / b to keep the fraction, int(double(a) / b) to drop it.',
    a.start,
  )
}

/** Whether a part is seen to be a whole number: where CEL divides without a fraction. */
function isWhole(node: ASTNode): boolean {
  switch (node.op) {
    case 'value':
      return typeof node.args === 'bigint'
    case 'call':
    case 'rcall':
      return FUNCTIONS.get(node.args[0])?.returns === 'int'
    case '-_':
      return isWhole(node.args)
    case '+':
    case '-':
    case '*':
    case '%':
      return isWhole(node.args[0]) && isWhole(node.args[1])
    default:
      return false
  }
}
