/** The user stopped the run. */
export class Interrupted extends Error {}
