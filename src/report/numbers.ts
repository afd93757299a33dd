/** Four decimals, halves upwards: .58875 is .5888, which toFixed alone would make .5887. */
export function fixed(value: number): string {
  return (Math.round(value * 1e4) / 1e4).toFixed(4)
}

export function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${fixed(Math.abs(value))}`
}

export function probability(p: number): string {
  return p < 0.0001 ? '< 0.0001' : p.toFixed(4)
}
