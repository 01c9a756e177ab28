/** What a shell or cron sees: 0 well, 1 something was found, 2 wrong use or input, 3 not reached or not verified, 130 interrupted. */
export const exitCodes = { ok: 0, findings: 1, usage: 2, unverified: 3, interrupted: 130 } as const
