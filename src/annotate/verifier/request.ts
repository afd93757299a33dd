import type { VerifierRequest } from '../../domain/verification.js'

/**
 * A request as one line of JSON, in ASCII alone: no child can read it in the wrong encoding, and none can take U+2028 or
 * U+0085 for the end of the line, as Node's readline does. What is unknown is null. Throws RangeError where a value is
 * nested too deeply.
 */
export function requestLine({ task, id, prompt, reference, output, value, record }: VerifierRequest): string {
  const json = JSON.stringify({
    task,
    id,
    prompt: prompt ?? null,
    reference: reference ?? null,
    output,
    value: value ?? null,
    record,
  })
  return `${json.replace(/[\u007f-\uffff]/g, escaped)}\n`
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}
