/** Remembers what was made of each object: for what is asked of the same sums many times. The object must not change. */
export function oncePer<Key extends object, Made>(make: (key: Key) => Made): (key: Key) => Made {
  const known = new WeakMap<Key, { readonly made: Made }>()
  return (key) => {
    const own = known.get(key) ?? { made: make(key) }
    known.set(key, own)
    return own.made
  }
}
