import { FailureError } from '../../shared/failure'
import type { CheckInfo, Evidence, Remedy, Verdict } from '../../shared/finding'
import { FactUnknown, type PreflightFacts, type ServerFacts } from './facts'

/** What a check says; `run.ts` adds the check's id, the side and the waiver. */
export interface Judgement {
  /** null: of the pair. */
  server: string | null
  verdict: Verdict
  title: string
  /** What it means for the shop, in plain words; '' when there is nothing to fear. */
  consequence: string
  evidence: Evidence[]
  remedies: Remedy[]
  waivable: boolean
}

/** One rule over the gathered facts: pure, one per file. No judgement at all means: does not apply here. */
export interface Check extends CheckInfo {
  judge(facts: PreflightFacts): Judgement[]
}

type Words = Pick<Judgement, 'title'> &
  Partial<Pick<Judgement, 'consequence' | 'evidence' | 'remedies'>> & { server?: ServerFacts | null }

const judgement = (verdict: Verdict, words: Words, waivable: boolean): Judgement => ({
  server: words.server?.server ?? null,
  verdict,
  title: words.title,
  consequence: words.consequence ?? '',
  evidence: words.evidence ?? [],
  remedies: words.remedies ?? [],
  waivable
})

export const ok = (words: Words): Judgement => judgement('ok', words, false)
export const info = (words: Words): Judgement => judgement('info', words, false)
export const warn = (words: Words): Judgement => judgement('warn', words, true)
/** Nobody may wave this through. */
export const stop = (words: Words): Judgement => judgement('stop', words, false)
/** A stop that a person may waive with a typed reason. */
export const stopUnlessWaived = (words: Words): Judgement => judgement('stop', words, true)

/** The judgement of a check whose facts are not known. */
export const unknown = (error: FailureError, server: ServerFacts | null): Judgement => ({
  ...judgement(
    'unknown',
    { title: error.failure.what, server, evidence: error instanceof FactUnknown ? [error.evidence] : [] },
    true
  ),
  consequence: [error.failure.why, error.failure.words, ...error.failure.try].filter(Boolean).join(' ')
})

/** Judges each of the two servers by itself: what is unknown of one says nothing of the other. */
export const eachServer = (
  facts: PreflightFacts,
  judge: (server: ServerFacts, partner: ServerFacts) => Judgement | Judgement[]
): Judgement[] =>
  [facts.old, facts.new].flatMap((server) =>
    guarded(server, () => judge(server, server === facts.old ? facts.new : facts.old))
  )

/** Judges one server; a fact that is not known, or an answer that cannot be read, becomes its `unknown`: the other checks go on. */
export const guarded = (server: ServerFacts | null, judge: () => Judgement | Judgement[]): Judgement[] => {
  try {
    return [judge()].flat()
  } catch (error) {
    if (error instanceof FailureError) return [unknown(error, server)]
    throw error
  }
}
