import { type Codec, within } from './codec.js'
import { objectOf } from './values.js'

/** A field that its maker sets and nothing changes, or that is worked out anew: not written. */
export const fixed = 'fixed'

/** A codec, or one that depends on the object that it reads into: fields read before it are there. */
type Field<T> = Codec<unknown> | ((owner: T) => Codec<unknown>) | typeof fixed

/**
 * The state of an object that counts, by the names of its fields, private ones among them. Every field must be named: one
 * that is not is a bug which the first writing shows, so that no state can be forgotten. `make` gives an empty one.
 */
export function stateOf<T extends object>(make: () => T, fields: Readonly<Record<string, Field<T>>>): Codec<T> {
  const written = Object.entries(fields).flatMap(([name, field]) => (field === fixed ? [] : [{ name, field }]))
  const names = written.map(({ name }) => name)
  const codecOf = (field: Exclude<Field<T>, typeof fixed>, owner: T) =>
    typeof field === 'function' ? field(owner) : field
  return {
    write: (state) => {
      requireAll(state, fields)
      return Object.fromEntries(
        written.map(({ name, field }) => [name, codecOf(field, state).write(Reflect.get(state, name))]),
      )
    },
    read: (json) => {
      const given = objectOf(json, names)
      const state = make()
      requireAll(state, fields)
      for (const { name, field } of written) {
        const value = within(name, () => codecOf(field, state).read(given[name]))
        Reflect.set(state, name, value)
      }
      return state
    },
  }
}

function requireAll(state: object, fields: Readonly<Record<string, unknown>>): void {
  const own = Object.keys(state)
  const forgotten = own.find((name) => !Object.hasOwn(fields, name))
  const gone = Object.keys(fields).find((name) => !own.includes(name))
  const name = forgotten ?? gone
  if (name !== undefined) throw new Error(`${state.constructor.name}.${name} is not in its codec, or no longer a field`)
}
