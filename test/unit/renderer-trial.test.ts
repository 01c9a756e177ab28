import { describe, expect, it } from 'vitest'
import { emptyMarkDraft, markDraftOf, markOfDraft } from '../../src/renderer/stations/sites/mark-draft'
import {
  draftOf,
  emptyHop,
  emptyServerDraft,
  serverOfDraft,
  wayOfDraft
} from '../../src/renderer/stations/sites/server-draft'

const hop = () => emptyHop({ host: 'db1.example.com', user: 'deploy' })

describe('what can be tried of a server that is only typed', () => {
  it('is nothing before host and user are there', () => {
    expect(wayOfDraft(emptyServerDraft('database'), 'x', true)).toBeNull()
    expect(wayOfDraft(emptyServerDraft('web', [emptyHop({ host: 'web1' })]), 'x', false)).toBeNull()
  })

  it('is the host alone while the database lacks something, and needs neither name nor redirect', () => {
    const draft = emptyServerDraft('database', [hop()])
    expect(wayOfDraft(draft, 'x', false)).toMatchObject({
      kind: 'other',
      name: 'this server',
      ssh: [{ host: 'db1.example.com' }]
    })
    const noUser = { ...draft, database: { ...draft.database, user: '' } }
    expect(wayOfDraft(noUser, 'x', true)).toMatchObject({ kind: 'other' })
    expect(wayOfDraft({ ...draft, kind: 'web' }, 'x', true)).not.toHaveProperty('database')
  })

  it('is the whole way once the database is described, also without a host when it goes directly', () => {
    const draft = emptyServerDraft('database', [hop()])
    expect(wayOfDraft(draft, 'x', true)).toMatchObject({ kind: 'database', database: { port: 3306, via: 'ssh' } })
    const direct = { ...emptyServerDraft('database', []), database: { ...draft.database, via: 'direct' as const } }
    expect(wayOfDraft(direct, 'x', true)).toMatchObject({ ssh: [], database: { via: 'direct' } })
    expect(wayOfDraft(emptyServerDraft('database', []), 'x', true)).toBeNull()
  })
})

describe('the marks of a server', () => {
  it('go from the form to the move and back', () => {
    const draft = { ...emptyServerDraft('other', [hop()]), id: 'a', name: 'a', addresses: '10.0.0.1', lookOnly: true }
    const marked = { ...draft, mark: { ...emptyMarkDraft, choice: 'production' as const } }
    const parsed = serverOfDraft(marked)
    expect(parsed).toMatchObject({
      ok: true,
      server: { mark: { label: 'production', colour: 'rose' }, lookOnly: true }
    })
    if (!parsed.ok) return
    expect(draftOf(parsed.server)).toMatchObject({ mark: { choice: 'production' }, lookOnly: true })
  })

  it('are left out of the file while there are none', () => {
    const parsed = serverOfDraft({ ...emptyServerDraft('other', [hop()]), id: 'a', name: 'a' })
    expect(parsed.ok && Object.keys(parsed.server)).not.toEqual(expect.arrayContaining(['mark']))
    expect(parsed.ok && 'lookOnly' in parsed.server).toBe(false)
  })

  it('may have a name of their own, which is not empty', () => {
    const own = markDraftOf({ label: 'customer A', colour: 'slate' })
    expect(own.choice).toBe('other')
    expect(markOfDraft(own)).toEqual({ label: 'customer A', colour: 'slate' })
    const parsed = serverOfDraft({
      ...emptyServerDraft('other', [hop()]),
      id: 'a',
      name: 'a',
      mark: { ...own, label: ' ' }
    })
    expect(parsed).toMatchObject({ ok: false, problems: { 'mark.label': 'Fill this in.' } })
  })
})
