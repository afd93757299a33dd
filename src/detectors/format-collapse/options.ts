import { FORMATS } from '../../text/format.js'

/** A format of the user's own: outputs that match belong to it, whatever their shape. */
export interface ClassOptions {
  readonly name: string
  readonly pattern: string
}

/** `auto`: the class of at least 95 % of the baseline's outputs, else `free`. Otherwise `free`, `converge`, or a class. */
export interface Options {
  readonly format: string
  readonly classes: readonly ClassOptions[]
}

export const POLICIES = ['auto', 'free', 'converge'] as const

export const optionsSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    format: {
      type: 'string',
      description: `What is wanted: free (several formats), converge (one, whichever), or a class: ${FORMATS.join(', ')}, or one of classes. Default auto: the class of at least 95 % of the baseline's outputs, else free.`,
    },
    classes: {
      type: 'array',
      maxItems: 16,
      description: 'Formats of your own. The first whose pattern matches is an output’s class, before any shape.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'pattern'],
        properties: {
          name: {
            type: 'string',
            pattern: '^[a-z][a-z0-9-]*$',
            maxLength: 40,
            description: 'small letters, digits and hyphens: the name of the class',
          },
          pattern: { type: 'string', description: 'Regular expression (RE2), found anywhere in the output.' },
        },
      },
    },
  },
}
