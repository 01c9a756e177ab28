/** A piece of a statement: `plain` needs no colour. */
export type SqlToken = { kind: 'keyword' | 'string' | 'number' | 'comment' | 'plain'; text: string }

const KEYWORDS = new Set(
  `ACCOUNT ADD ADMIN AFTER ALL ALTER ANALYZE AND AS ASC AUTHENTICATION_FOR AUTO_POSITION BEGIN BETWEEN BINARY BINLOG BY CALL CASE
  CHANGE CHANNEL CHECK CHECKSUM COLLATE COLUMN COMMIT CONNECTION CONNECTIONS CREATE CROSS DATABASE DEFAULT DEFINER DELETE DESC DESCRIBE
  DISTINCT DO DROP ELSE END EVENT EXISTS EXPLAIN FLUSH FOR FORCE FOREIGN FROM FUNCTION GLOBAL GRANT GRANTS GROUP HAVING IDENTIFIED IF
  IGNORE IN INDEX INNER INSERT INSTANCE INTERVAL INTO IO_THREAD IS JOIN KEY KILL LEFT LIKE LIMIT LOCAL LOCK LOGS MASTER MASTER_GTID_WAIT
  MODIFY NO NOT NULL ON ONLY OPTION OR ORDER OUTER PARTITION PERSIST PRIMARY PRIVILEGES PROCEDURE PROCESSLIST PURGE READ RELAY
  RELEASE RENAME REPLACE REPLICA REPLICAS REPLICATION REQUIRE RESET RETURN REVOKE RIGHT ROLE ROLLBACK SELECT SESSION SET SHOW SHUTDOWN SLAVE
  SLAVES SNAPSHOT SOURCE SQL_THREAD SSL START STATUS STOP SUPER TABLE TABLES TEMPORARY THEN TO TRANSACTION TRIGGER TRUNCATE UNION UNIQUE
  UNLOCK UNTIL UPDATE USE USER USING VALUES VARIABLES VIEW WHEN WHERE WITH WRITE XA X509`.split(/\s+/)
)

const PIECES =
  /(\/\*[\s\S]*?(?:\*\/|$)|--(?=\s|$)[^\n]*|#[^\n]*)|('(?:[^'\\]|\\[\s\S]|'')*(?:'|$)|"(?:[^"\\]|\\[\s\S]|"")*(?:"|$))|(`(?:[^`]|``)*(?:`|$))|(@@?[\w.$]+)|(\b0x[0-9a-fA-F]+\b|\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\b)|([A-Za-z_][\w$]*)/g

/** Cuts statements into coloured pieces that, joined, are the input again. It colours; it does not parse. */
export function sqlTokens(sql: string): SqlToken[] {
  const tokens: SqlToken[] = []
  let end = 0
  const push = (kind: SqlToken['kind'], text: string) => {
    const last = tokens.at(-1)
    if (last?.kind === kind && kind === 'plain') tokens[tokens.length - 1] = { kind, text: last.text + text }
    else if (text !== '') tokens.push({ kind, text })
  }
  for (const match of sql.matchAll(PIECES)) {
    push('plain', sql.slice(end, match.index))
    const [text, comment, string, , , number, word] = match
    const named = word !== undefined && KEYWORDS.has(word.toUpperCase()) && sql[match.index - 1] !== '.'
    push(comment ? 'comment' : string ? 'string' : number ? 'number' : named ? 'keyword' : 'plain', text)
    end = match.index + text.length
  }
  push('plain', sql.slice(end))
  return tokens
}
