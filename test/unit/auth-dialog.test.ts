import { describe, expect, it } from 'vitest'
import { dialogAnswer, readDialogQuestion } from '../../src/main/mysql/auth-dialog'
import { signInPlugins } from '../../src/main/mysql/auth-plugins'
import { FailureError } from '../../src/shared/failure'

const way = { label: 'u@db', user: 'u', password: 'pass-word', trusted: false, socket: false, local: true, tls: 'none' }
const packet = (kind: number, text: string) => Buffer.concat([Buffer.from([kind]), Buffer.from(text)])
/** Answers questions in the order they come; what is not answered is a failure. */
const asked = async (questions: Buffer[], more: object = {}) => {
  const plugin = signInPlugins({ ...way, ...more } as Parameters<typeof signInPlugins>[0]).dialog
  const command = { next: () => undefined }
  const answer = plugin?.({ command } as never)
  const given: (string | undefined)[] = []
  for (const question of questions)
    try {
      given.push((await answer?.(question))?.toString())
    } catch (error) {
      given.push(error instanceof FailureError ? error.failure.what : String(error))
    }
  return given
}

describe('the dialog of a sign-in', () => {
  it('is read as MariaDB writes it', () => {
    expect(readDialogQuestion(packet(4, 'Password: '))).toEqual({ hidden: true, last: false, text: 'Password:' })
    expect(readDialogQuestion(packet(5, ''))).toEqual({ hidden: true, last: true, text: '' })
    expect(readDialogQuestion(packet(2, 'Co\u001b[31mde?\0'))).toEqual({
      ...{ hidden: false, last: false, text: 'Co [31mde?' }
    })
    expect(readDialogQuestion(packet(3, 'x'.repeat(5000)))?.text).toHaveLength(200)
    expect(readDialogQuestion(Buffer.alloc(0))).toEqual({ hidden: true, last: false, text: '' })
    for (const bytes of [packet(1, 'a'), packet(6, 'a'), packet(254, '')]) expect(readDialogQuestion(bytes)).toBeNull()
    expect(dialogAnswer('ö')).toEqual(Buffer.from([0xc3, 0xb6, 0]))
  })

  it('gives the password to the first hidden question, and nothing to any other', async () => {
    const more = 'u@db asks u for more than a password, and nobody can be asked here.'
    expect(await asked([packet(4, 'Password: ')])).toEqual(['pass-word\0'])
    expect(await asked([packet(4, 'Password: '), packet(5, 'New password: ')])).toEqual(['pass-word\0', more])
    expect(await asked([packet(2, 'Your mother’s name? ')])).toEqual([more])
  })

  it('gives nothing where somebody may stand between', async () => {
    const open = 'The account u signs in by a dialog (PAM), which hands over the password itself.'
    const question = [packet(4, 'Password: ')]
    for (const tls of ['none', 'unverified'])
      expect(await asked(question, { tls, local: false, trusted: true })).toEqual([open])
    expect(await asked(question, { tls: 'verified', local: false })).toEqual(['pass-word\0'])
  })
})
