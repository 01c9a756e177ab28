/** What an SSH server asks a person while signing in (keyboard-interactive); every text in it is the server's own, unless `own` says otherwise. */
export interface SignInQuestion {
  id: string
  /** `root@db1:22` */
  host: string
  /** Names of the hops it was reached through. */
  through: string[]
  name: string
  instructions: string
  prompts: SignInPrompt[]
  /** Rounds of questions this server has asked in this sign-in, this one counted. */
  round: number
  /** The answers before this were refused. */
  again: boolean
  /** The server takes a password and asks nothing itself: the words are Siteswap's. */
  own?: true
}

export interface SignInPrompt {
  text: string
  /** False: what is typed is not shown. */
  echo: boolean
}

/** One answer per prompt, or null when the person does not go on. */
export type SignInAnswers = string[] | null
