import { byCodeUnit } from './order.js'

/** What a setting is about. */
export const SETTING_KINDS = ['decoding', 'scorer', 'template', 'data', 'tool'] as const
export type SettingKind = (typeof SETTING_KINDS)[number]

/**
 * The names under which logs carry settings; whatever else stands in `meta` is none. A name is a key, or two keys that
 * follow each other joined by `_` (`judge: {model: …}` is `judge_model`), in snake case.
 */
const DECISIVE: Readonly<Record<SettingKind, readonly string[]>> = {
  decoding: [
    ...['temperature', 'top_p', 'top_k', 'min_p', 'typical_p', 'do_sample', 'num_beams', 'best_of'],
    ...['max_tokens', 'max_new_tokens', 'max_output_tokens', 'max_completion_tokens', 'max_gen_toks', 'max_gen_tokens'],
    ...['min_tokens', 'min_new_tokens', 'generation_size'],
    ...['stop', 'stop_sequences', 'stop_sequence', 'stop_seqs', 'stop_words', 'stop_token_ids', 'until'],
    ...['repetition_penalty', 'frequency_penalty', 'presence_penalty', 'length_penalty', 'no_repeat_ngram_size'],
    ...['logit_bias', 'reasoning_effort', 'reasoning_tokens', 'thinking_budget', 'budget_tokens', 'enable_thinking'],
    ...['num_fewshot', 'num_few_shot', 'num_fewshots', 'fewshot', 'n_shot', 'n_shots', 'num_shots'],
    ...['gen_kwargs', 'generation_kwargs', 'response_format'],
  ],
  scorer: [
    ...['scorer', 'scorer_name', 'scorer_version', 'scorer_model', 'scorer_prompt', 'scorer_prompt_hash'],
    ...['judge_name', 'judge_version', 'judge_model', 'judge_prompt', 'judge_prompt_hash', 'judge_prompt_sha'],
    ...['grader_name', 'grader_version', 'grader_model', 'grader_prompt', 'grader_prompt_hash'],
    ...['metric_name', 'metric_version', 'rubric_version', 'rubric_hash', 'filter_name'],
  ],
  template: [
    ...['chat_template', 'chat_template_sha', 'chat_template_hash', 'apply_chat_template', 'fewshot_as_multiturn'],
    ...['prompt_template', 'prompt_template_hash', 'prompt_template_sha', 'prompt_version', 'template_hash'],
    ...['system_prompt', 'system_prompt_hash', 'system_prompt_sha', 'system_message', 'template_version'],
    ...['system_instruction', 'system_instruction_sha', 'add_generation_prompt'],
  ],
  data: [
    ...['dataset', 'dataset_name', 'dataset_path', 'dataset_config', 'dataset_version', 'dataset_revision'],
    ...['dataset_hash', 'dataset_sha', 'dataset_fingerprint', 'dataset_split', 'split', 'test_split', 'subset'],
    ...['task_version', 'task_revision', 'task_hash', 'benchmark_version', 'data_version', 'data_hash'],
  ],
  tool: [
    ...['tool_version', 'harness_version', 'framework_version', 'eval_version', 'evaluator_version'],
    ...['lm_eval_version', 'inspect_version', 'lighteval_version', 'helm_version', 'promptfoo_version'],
  ],
}

/** Shown where they differ, never an error: another seed is another sample, and the rest may well name the model's own. */
const NOTED: Readonly<Record<SettingKind, readonly string[]>> = {
  decoding: ['seed', 'random_seed', 'torch_seed', 'numpy_seed', 'fewshot_seed', 'sampling_seed'],
  scorer: ['judge', 'grader', 'metric'],
  template: ['template'],
  data: ['version', 'revision'],
  tool: [
    ...['engine', 'engine_version', 'backend', 'dtype', 'quantization', 'git_hash', 'commit', 'vllm_version'],
    ...['transformers_version', 'batch_size', 'max_model_len', 'max_length'],
  ],
}

/** Settings that are objects themselves; of others every part is a setting of its own. */
export const WHOLE_SETTINGS: ReadonlySet<string> = new Set(['logit_bias', 'response_format'])

export interface SettingName {
  readonly kind: SettingKind
  /** Whether arms that differ in it cannot be compared unless the config allows it. */
  readonly decides: boolean
}

const BY_NAME: ReadonlyMap<string, SettingName> = new Map<string, SettingName>(
  SETTING_KINDS.flatMap((kind) => [
    ...DECISIVE[kind].map((name) => [name, { kind, decides: true }] as const),
    ...NOTED[kind].map((name) => [name, { kind, decides: false }] as const),
  ]),
)

/** One setting of one output. */
export interface Setting extends SettingName {
  /** The keys that lead to it, from `settingKey`: what reports and `pairing.allow` name it by. */
  readonly key: string
  /** As JSON text; what is long is cut and carries a hash, so that equal texts mean equal values. */
  readonly value: string
}

/** What is known of the last of the keys, alone or with the one before it; null where they name no setting. */
export function settingName(path: readonly string[]): SettingName | null {
  const last = snakeCase(path.at(-1) ?? '')
  const pair = path.length < 2 ? null : `${snakeCase(path.at(-2)!)}_${last}`
  // A model's own name, version and revision differ by what a tune is.
  if (pair?.startsWith('model_') && BY_NAME.get(last)?.decides !== true) return null
  return (pair === null ? undefined : BY_NAME.get(pair)) ?? BY_NAME.get(last) ?? null
}

/** `maxNewTokens`, `max-new-tokens` and `max_new_tokens` are one name. */
export function snakeCase(key: string): string {
  return key
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toLowerCase()
}

/** The keys in snake case, joined by dots; a dot within a key is `~1`, a tilde `~0`. */
export function settingKey(path: readonly string[]): string {
  return path.map((key) => snakeCase(key).replaceAll('~', '~0').replaceAll('.', '~1')).join('.')
}

/** Whether a name in `pairing.allow` means the setting: all of its keys, or the last. */
export function isNamed(key: string, name: string): boolean {
  return key === name || key.endsWith(`.${name}`)
}

export function bySettingKey(a: Pick<Setting, 'key'>, b: Pick<Setting, 'key'>): number {
  return byCodeUnit(a.key, b.key)
}
