/** What the new host says of the bridge's processes. */
export interface BridgeProcess {
  /** `stopped`: the supervisor's file is there, but nothing runs. */
  supervisor: 'systemd' | 'process' | 'stopped' | 'none'
  pid: number | null
  ageSeconds: number | null
  log: string[]
}

/** Reads the answer of `statusScript`. */
export const parseStatus = (text: string): BridgeProcess => {
  const supervisor = /^supervisor (systemd|process|stopped|none)$/m.exec(text)?.[1] ?? 'none'
  const ssh = /^ssh (\d+) ?(\d*)$/m.exec(text)
  return {
    supervisor: supervisor as BridgeProcess['supervisor'],
    pid: ssh ? Number(ssh[1]) : null,
    ageSeconds: ssh?.[2] ? Number(ssh[2]) : null,
    log: text.split('\n').flatMap((line) => (line.startsWith('log ') ? [line.slice(4)] : []))
  }
}

/** What ssh itself said last, or else what its supervisor noted. */
export const lastWords = (process: BridgeProcess): string | null =>
  process.log.filter((line) => !/^\d{4}-\d\d-\d\dT[\d:]+Z /.test(line)).at(-1) ?? process.log.at(-1) ?? null
