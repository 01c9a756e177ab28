/** How much a server has to do just now, in one statement. */
export const askLoad = "SHOW GLOBAL STATUS WHERE Variable_name IN ('Threads_running','Questions','Slaves_connected')"

/** What it answers; null: this server does not count it. Connections that only send the log to replicas are not at work. */
export const loadOf = (
  rows: readonly (readonly (string | null)[])[]
): { running: number | null; questions: number | null } => {
  const value = (name: string): number | null => {
    const text = rows.find((row) => row[0]?.toLowerCase() === name)?.[1]
    return text == null ? null : Number(text)
  }
  const threads = value('threads_running')
  return {
    running: threads === null ? null : threads - (value('slaves_connected') ?? 0),
    questions: value('questions')
  }
}
