import type { Hands } from './scene'

const drawn = () => new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done, 30)))

const nameOf = (element: Element): string =>
  (element.getAttribute('aria-label') ?? element.textContent ?? '').replace(/\s+/g, ' ').trim()

const find = async <T extends Element>(what: string, look: () => T | undefined): Promise<T> => {
  const until = performance.now() + 3000
  for (;;) {
    const found = look()
    if (found) return found
    if (performance.now() > until) throw new Error(`The page has no ${what}.`)
    await drawn()
  }
}

const pressable = 'button, [role=tab], [role=radio], [role=menuitem], [role=button], [role=option], tr.pick, label, a'

/** Works a page as a person would; a name that is not there ends with an error in the console. */
export const hands: Hands = {
  async press(name) {
    const target = await find(`“${name}” to press`, () => {
      const all = [...document.querySelectorAll<HTMLElement>(pressable)]
      return all.find((one) => nameOf(one) === name) ?? all.find((one) => nameOf(one).startsWith(name))
    })
    target.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, button: 0, pointerType: 'mouse' }))
    target.click()
    target.focus()
    await drawn()
  },
  async type(label, text) {
    const field = await find(`field “${label}”`, () => {
      const named = [...document.querySelectorAll<HTMLElement>('input, textarea')].filter((one) => {
        const labels = [...((one as HTMLInputElement).labels ?? [])].map((each) => nameOf(each))
        return one.getAttribute('aria-label') === label || labels.includes(label)
      })
      return named[0]
    })
    const proto = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype
    Object.getOwnPropertyDescriptor(proto, 'value')?.set?.call(field, text)
    field.dispatchEvent(new Event('input', { bubbles: true }))
    await drawn()
  },
  async choose(label, nth, id) {
    const list = await find(`list “${label}”`, () => {
      const named = [...document.querySelectorAll('select')].filter((one) =>
        [...one.labels].some((each) => nameOf(each) === label)
      )
      return named[nth]
    })
    list.value = id
    list.dispatchEvent(new Event('change', { bubbles: true }))
    await drawn()
  },
  async key(key) {
    const target = document.activeElement ?? document.body
    target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    await drawn()
  }
}
