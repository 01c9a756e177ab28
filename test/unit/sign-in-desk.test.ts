import { describe, expect, it } from 'vitest'
import { makeSignInDesk } from '../../src/main/engine/sign-in-desk'
import type { SignInQuestion } from '../../src/shared/sign-in'

let count = 0
const question = (more: Partial<SignInQuestion> = {}): SignInQuestion => {
  count += 1
  const usual = {
    id: `q${count}`,
    host: 'root@db1:22',
    through: [],
    name: '',
    instructions: '',
    round: 1,
    again: false
  }
  return { ...usual, prompts: [{ text: 'Password', echo: false }], ...more }
}
const desk = () => {
  const shown: (string | null)[] = []
  const made = makeSignInDesk((now) => shown.push(now?.id ?? null))
  const ask = (asked: SignInQuestion) => made.ask(asked, new AbortController().signal)
  return { ...made, ask, shown }
}

describe('the desk for what SSH servers ask', () => {
  it('shows one question at a time, and a server’s own each time', async () => {
    const { ask, answer, shown } = desk()
    const [first, second] = [question(), question()]
    const both = [ask(first), ask(second)]
    answer(first.id, ['a'])
    answer(second.id, null)
    expect(await Promise.all(both)).toEqual([['a'], null])
    expect(shown).toEqual([first.id, second.id, null])
    const again = question()
    void ask(again)
    expect(shown.at(-1)).toBe(again.id)
  })

  it('gives a typed password to every line to the same host by the same way, and to no other', async () => {
    const { ask, answer, shown } = desk()
    const own = { own: true as const }
    const [first, twin, far] = [question(own), question(own), question({ ...own, through: ['root@jump:22'] })]
    const asked = [first, twin, far].map(ask)
    answer(first.id, ['word'])
    expect(await Promise.all(asked.slice(0, 2))).toEqual([['word'], ['word']])
    expect(shown).toEqual([first.id, far.id])
    answer(far.id, ['other'])
    expect(await ask(question(own))).toEqual(['word'])
    expect(await ask(question({ ...own, through: ['root@jump:22'] }))).toEqual(['other'])
    void ask(question({ ...own, host: 'root@db2:22' }))
    expect(shown.at(-1)).toBe(`q${count}`)
  })

  it('forgets a typed password that a host refused, and one that was not given', async () => {
    const { ask, answer, shown } = desk()
    const first = question({ own: true })
    const wrong = ask(first)
    answer(first.id, ['wrong'])
    await wrong
    const again = question({ own: true, again: true })
    const right = ask(again)
    expect(shown.at(-1)).toBe(again.id)
    answer(again.id, null)
    expect(await right).toBeNull()
    const later = question({ own: true })
    void ask(later)
    expect(shown.at(-1)).toBe(later.id)
  })

  it('takes a question back when the one who asked is gone', async () => {
    const shown: (string | null)[] = []
    const ending = new AbortController()
    const asked = question()
    const given = makeSignInDesk((now) => shown.push(now?.id ?? null)).ask(asked, ending.signal)
    ending.abort()
    expect(await given).toBeNull()
    expect(shown).toEqual([asked.id, null])
  })
})
