/** Runs in the reader’s browser: filters, and what is folded opens for printing. Its hash stands in the page’s policy. */
export const script = `(() => {
  'use strict'
  const form = document.getElementById('filters')
  if (form === null) return
  const output = document.getElementById('shown')
  const chips = [...document.querySelectorAll('[data-filter]')]
  const marked = [...document.querySelectorAll('main [data-d]')]
  const groups = [...document.querySelectorAll('[data-group]')]
  const rows = [...document.querySelectorAll('#all tbody tr')]
  const folds = [...document.querySelectorAll('details[data-group]')]
  const chosen = (name) => form.elements.namedItem(name).value

  const apply = () => {
    const wanted = { d: chosen('d'), s: chosen('s'), t: chosen('t') }
    const active = Object.keys(wanted).filter((key) => wanted[key] !== '')
    for (const element of marked) {
      element.hidden = active.some((key) => element.dataset[key] !== undefined && element.dataset[key] !== wanted[key])
    }
    for (const group of groups) {
      group.hidden = group.querySelector('[data-d]:not([hidden])') === null
    }
    for (const fold of folds) fold.open = active.length > 0 && !fold.hidden
    const left = rows.filter((row) => !row.hidden).length
    output.textContent = active.length === 0 ? '' : left + ' of ' + rows.length + ' ' + output.dataset.noun
    for (const chip of chips) chip.setAttribute('aria-pressed', String(chip.dataset.filter === wanted.s))
  }

  form.hidden = false
  form.addEventListener('submit', (event) => event.preventDefault())
  form.addEventListener('change', apply)
  form.addEventListener('reset', () => setTimeout(apply))
  for (const chip of chips) {
    chip.addEventListener('click', () => {
      const select = form.elements.namedItem('s')
      select.value = select.value === chip.dataset.filter ? '' : chip.dataset.filter
      apply()
    })
  }

  let closed = []
  addEventListener('beforeprint', () => {
    const folded = [...document.querySelectorAll('details:not([open])')]
    for (const fold of folded) fold.open = true
    closed = closed.concat(folded)
  })
  addEventListener('afterprint', () => {
    for (const fold of closed) fold.open = false
    closed = []
  })
})()
`
