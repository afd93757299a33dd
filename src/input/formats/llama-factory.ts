import { type LogFormat, recordOf } from './log-format.js'
import { hasKeys } from './probe.js'

/**
 * LLaMA-Factory's `generated_predictions.jsonl`: `{prompt?, predict, label}` without ids. A row is known by its line, and
 * its prompt must be the same in both arms. Source: src/llamafactory/train/sft/trainer.py, scripts/vllm_infer.py.
 */
export const llamaFactory: LogFormat = {
  id: 'llama-factory',
  tool: 'LLaMA-Factory',
  reads: '`generated_predictions.jsonl`, paired by line and prompt',
  seen: false,
  layout: 'lines',
  detects: ({ first }) => hasKeys(first, ['predict', 'label']) && !hasKeys(first, ['id']),
  records: ({ prompt, predict, label }, { task }, line) => [
    recordOf({ task: task ?? 'default', id: `line-${line}`, prompt, output: predict, reference: label }),
  ],
}
