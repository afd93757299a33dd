import type { PartialConfig } from './partial.js'

export const PRESET_NAMES = ['recommended', 'strict', 'report-only'] as const
export type PresetName = (typeof PRESET_NAMES)[number]

/** What `extends` knows by name. */
export const PRESETS: Readonly<Record<PresetName, PartialConfig>> = {
  recommended: {},
  strict: { required: ['cross-task-regression'], onInconclusive: 'fail', input: { guess: false } },
  'report-only': { gate: 'report' },
}

export function isPreset(name: string): name is PresetName {
  return PRESET_NAMES.some((preset) => preset === name)
}
