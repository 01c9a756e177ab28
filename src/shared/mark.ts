import { z } from 'zod'

/** Colours of marks: none of them is the colour of a site or of a state. */
export const markColours = ['rose', 'olive', 'slate'] as const

/** What tells a server or a site apart at a glance: `production`. */
export const markSchema = z.strictObject({
  label: z.string().trim().min(1, 'is empty').max(20, 'is longer than 20 characters'),
  colour: z.enum(markColours)
})
export type Mark = z.infer<typeof markSchema>
