import type { FlavourName } from '../../lab/software'

/** One way in which two servers can be alike or not, with exactly what must be said about it. */
export interface DriftCase {
  name: string
  /** `T` stands for the table's name. */
  create: string
  createNew?: string
  both?: string[]
  old?: string[]
  new?: string[]
  /** Sorted `kind key columns`; [] = the same. `null` = must be inconclusive or left out, never the same. */
  expect: string[] | null
  only?: FlavourName[]
}

const numbers = (to: number): string =>
  Array.from({ length: to }, (_, index) => `(${index + 1},'open',${(index * 7) % 100})`).join(',')

export const driftCases: DriftCase[] = [
  {
    name: 'nothing differs',
    create: 'CREATE TABLE T (id INT PRIMARY KEY, a TEXT)',
    both: ["INSERT INTO T VALUES (1,'x'),(2,NULL)"],
    expect: []
  },
  { name: 'empty tables are the same', create: 'CREATE TABLE T (id INT PRIMARY KEY)', expect: [] },
  {
    name: 'an empty table against one row',
    create: 'CREATE TABLE T (id INT PRIMARY KEY)',
    new: ['INSERT INTO T VALUES (7)'],
    expect: ['extra 7 ']
  },
  {
    name: 'NULL against the empty text',
    create: 'CREATE TABLE T (id INT PRIMARY KEY, a VARCHAR(10))',
    old: ["INSERT INTO T VALUES (1,NULL),(2,'')"],
    new: ["INSERT INTO T VALUES (1,''),(2,'')"],
    expect: ['changed 1 a']
  },
  {
    name: 'NULL moved between columns',
    create: 'CREATE TABLE T (id INT PRIMARY KEY, a VARCHAR(10), b VARCHAR(10))',
    old: ["INSERT INTO T VALUES (1,NULL,'x')"],
    new: ["INSERT INTO T VALUES (1,'x',NULL)"],
    expect: ['changed 1 a,b']
  },
  {
    name: 'separators inside data',
    create: 'CREATE TABLE T (id INT PRIMARY KEY, a VARCHAR(20), b VARCHAR(20))',
    old: ["INSERT INTO T VALUES (1,'a#b','c'),(2,'1:x','y'),(3,'N','N')"],
    new: ["INSERT INTO T VALUES (1,'a','b#c'),(2,'1','x:y'),(3,'N',NULL)"],
    expect: ['changed 1 a,b', 'changed 2 a,b', 'changed 3 b']
  },
  {
    name: 'a trailing blank under PAD SPACE',
    create: 'CREATE TABLE T (id INT PRIMARY KEY, a VARCHAR(10)) DEFAULT CHARSET utf8mb4 COLLATE utf8mb4_general_ci',
    old: ["INSERT INTO T VALUES (1,'x ')"],
    new: ["INSERT INTO T VALUES (1,'x')"],
    expect: ['changed 1 a']
  },
  {
    name: 'case and accent under a collation that ignores them',
    create: 'CREATE TABLE T (id INT PRIMARY KEY, a VARCHAR(10)) DEFAULT CHARSET utf8mb4 COLLATE utf8mb4_unicode_ci',
    old: ["INSERT INTO T VALUES (1,'Cafe'),(2,'cafe'),(3,'same')"],
    new: ["INSERT INTO T VALUES (1,'cafe'),(2,'café'),(3,'same')"],
    expect: ['changed 1 a', 'changed 2 a']
  },
  {
    name: 'a key that differs only in its case',
    create: 'CREATE TABLE T (id VARCHAR(20) PRIMARY KEY, a INT) DEFAULT CHARSET utf8mb4 COLLATE utf8mb4_unicode_ci',
    old: ["INSERT INTO T VALUES ('alpha',1),('Beta',2),('gamma',3)"],
    new: ["INSERT INTO T VALUES ('alpha',1),('beta',2),('gámma',3)"],
    expect: ['changed Beta id', 'changed gamma id']
  },
  {
    name: 'a key with another collation on the other side',
    create: 'CREATE TABLE T (id VARCHAR(20) COLLATE utf8mb4_unicode_ci PRIMARY KEY, a INT) DEFAULT CHARSET utf8mb4',
    createNew: 'CREATE TABLE T (id VARCHAR(20) COLLATE utf8mb4_bin PRIMARY KEY, a INT) DEFAULT CHARSET utf8mb4',
    both: ["INSERT INTO T VALUES ('a',1)"],
    expect: null
  },
  {
    name: 'two rows swapped',
    create: 'CREATE TABLE T (id INT PRIMARY KEY, a VARCHAR(10))',
    old: ["INSERT INTO T VALUES (1,'x'),(2,'y')"],
    new: ["INSERT INTO T VALUES (1,'y'),(2,'x')"],
    expect: ['changed 1 a', 'changed 2 a']
  },
  {
    name: 'FLOAT beyond six digits',
    create: 'CREATE TABLE T (id INT PRIMARY KEY, f FLOAT, d DOUBLE)',
    old: ['INSERT INTO T VALUES (1,16777216,0.1),(2,0.1,1e300),(3,-0.5,0.30000000000000004)'],
    new: ['INSERT INTO T VALUES (1,16777218,0.1),(2,0.1,1e300),(3,-0.5,0.3)'],
    expect: ['changed 1 f', 'changed 3 d']
  },
  {
    name: 'DECIMAL of another scale with the same values',
    create: 'CREATE TABLE T (id INT PRIMARY KEY, a DECIMAL(10,2))',
    createNew: 'CREATE TABLE T (id INT PRIMARY KEY, a DECIMAL(12,4))',
    old: ['INSERT INTO T VALUES (1,1.50),(2,-2.25)'],
    new: ['INSERT INTO T VALUES (1,1.5),(2,-2.2501)'],
    expect: ['changed 2 a']
  },
  {
    name: 'INT against BIGINT with the same values',
    create: 'CREATE TABLE T (id INT PRIMARY KEY, a INT UNSIGNED)',
    createNew: 'CREATE TABLE T (id BIGINT PRIMARY KEY, a BIGINT)',
    both: ['INSERT INTO T VALUES (1,4294967295),(-5,0)'],
    expect: []
  },
  {
    name: 'the zero date against NULL',
    create: 'CREATE TABLE T (id INT PRIMARY KEY, a DATE, b DATETIME)',
    old: ["SET SESSION sql_mode=''", "INSERT INTO T VALUES (1,'0000-00-00','0000-00-00 00:00:00')"],
    new: ['INSERT INTO T VALUES (1,NULL,NULL)'],
    expect: ['changed 1 a,b']
  },
  {
    name: 'TIMESTAMP written under different session zones',
    create: 'CREATE TABLE T (id INT PRIMARY KEY, a TIMESTAMP NULL)',
    old: ["SET SESSION time_zone='+00:00'", "INSERT INTO T VALUES (1,'2024-05-01 12:00:00'),(2,'2024-05-01 12:00:00')"],
    new: ["SET SESSION time_zone='+05:30'", "INSERT INTO T VALUES (1,'2024-05-01 17:30:00'),(2,'2024-05-01 12:00:00')"],
    expect: ['changed 2 a']
  },
  {
    name: 'fractions of a second lost',
    create: 'CREATE TABLE T (id INT PRIMARY KEY, a DATETIME(6), b TIME(3))',
    createNew: 'CREATE TABLE T (id INT PRIMARY KEY, a DATETIME, b TIME(6))',
    old: ["INSERT INTO T VALUES (1,'2024-01-01 00:00:00.250000','-10:00:00.125'),(2,'2024-01-01 00:00:00','10:00:00')"],
    new: ["INSERT INTO T VALUES (1,'2024-01-01 00:00:00','-10:00:00.125'),(2,'2024-01-01 00:00:00','10:00:00')"],
    expect: ['changed 1 a']
  },
  {
    name: 'JSON as the server keeps it',
    create: 'CREATE TABLE T (id INT PRIMARY KEY, a JSON)',
    old: [`INSERT INTO T VALUES (1,'{"a": 1}'),(2,'[1, 2]'),(3,NULL)`],
    new: [`INSERT INTO T VALUES (1,'{"a": 1}'),(2,'[2, 1]'),(3,'null')`],
    expect: ['changed 2 a', 'changed 3 a']
  },
  {
    name: 'JSON with its keys in another order',
    create: 'CREATE TABLE T (id INT PRIMARY KEY, a JSON)',
    old: [`INSERT INTO T VALUES (1,'{"b": 1, "a": 2}')`],
    new: [`INSERT INTO T VALUES (1,'{"a": 2, "b": 1}')`],
    expect: [],
    only: ['my97']
  },
  {
    name: 'BIT and BINARY values',
    create: 'CREATE TABLE T (id INT PRIMARY KEY, a BIT(64), b BINARY(4), c VARBINARY(10), d BLOB)',
    old: ["INSERT INTO T VALUES (1,b'1111',X'00FF00FF',X'27',X'FFFE'),(2,18446744073709551615,X'61000000',X'',NULL)"],
    new: ["INSERT INTO T VALUES (1,b'1110',X'00FF00FE',X'2700',X'FFFD'),(2,18446744073709551615,'a',X'',NULL)"],
    expect: ['changed 1 a,b,c,d']
  },
  {
    name: 'geometry with another SRID',
    create: 'CREATE TABLE T (id INT PRIMARY KEY, a GEOMETRY)',
    old: ["INSERT INTO T VALUES (1,ST_GeomFromText('POINT(1 2)',0)),(2,ST_GeomFromText('POINT(1 2)',0))"],
    new: ["INSERT INTO T VALUES (1,ST_GeomFromText('POINT(1 2)',4326)),(2,ST_GeomFromText('POINT(1 2)',0))"],
    expect: ['changed 1 a']
  },
  {
    name: 'generated columns',
    create: 'CREATE TABLE T (id INT PRIMARY KEY, a INT, v INT AS (a+1) VIRTUAL, s INT AS (a*2) STORED)',
    old: ['INSERT INTO T (id,a) VALUES (1,1),(2,2)'],
    new: ['INSERT INTO T (id,a) VALUES (1,1),(2,3)'],
    expect: ['changed 2 a,s']
  },
  {
    name: 'invisible columns count',
    create: 'CREATE TABLE T (id INT PRIMARY KEY, a INT, hidden INT INVISIBLE DEFAULT 1)',
    old: ['INSERT INTO T (id,a,hidden) VALUES (1,1,1)'],
    new: ['INSERT INTO T (id,a,hidden) VALUES (1,1,2)'],
    expect: ['changed 1 hidden']
  },
  {
    name: 'columns in another order are compared by name',
    create: 'CREATE TABLE T (id INT PRIMARY KEY, a INT, b INT)',
    createNew: 'CREATE TABLE T (b INT, id INT PRIMARY KEY, a INT)',
    old: ['INSERT INTO T (id,a,b) VALUES (1,1,2),(2,1,2)'],
    new: ['INSERT INTO T (id,a,b) VALUES (1,1,2),(2,2,1)'],
    expect: ['changed 2 a,b']
  },
  {
    name: 'the same text in another character set',
    create: 'CREATE TABLE T (id INT PRIMARY KEY, a VARCHAR(20)) DEFAULT CHARSET latin1',
    createNew: 'CREATE TABLE T (id INT PRIMARY KEY, a VARCHAR(20)) DEFAULT CHARSET utf8mb4',
    both: ["INSERT INTO T VALUES (1,'Grüße €'),(2,'')"],
    expect: []
  },
  {
    name: 'text encoded twice',
    create: 'CREATE TABLE T (id INT PRIMARY KEY, a VARCHAR(40)) DEFAULT CHARSET utf8mb4',
    old: ["INSERT INTO T VALUES (1,'Grüße'),(2,'ok')"],
    new: ["INSERT INTO T VALUES (1,'GrÃ¼ÃŸe'),(2,'ok')"],
    expect: ['changed 1 a']
  },
  {
    name: 'keys beyond 2^53',
    create: 'CREATE TABLE T (id BIGINT UNSIGNED PRIMARY KEY, a INT)',
    old: ['INSERT INTO T VALUES (9007199254740992,1),(9007199254740993,1),(18446744073709551615,1),(0,1)'],
    new: ['INSERT INTO T VALUES (9007199254740992,1),(9007199254740993,2),(18446744073709551614,1),(0,1)'],
    expect: ['changed 9007199254740993 a', 'extra 18446744073709551614 ', 'missing 18446744073709551615 ']
  },
  {
    name: 'negative and sparse keys',
    create: 'CREATE TABLE T (id BIGINT PRIMARY KEY, a INT)',
    old: ['INSERT INTO T VALUES (-9223372036854775808,1),(-5,1),(0,1),(1000000000000,1),(9223372036854775807,1)'],
    new: ['INSERT INTO T VALUES (-9223372036854775808,1),(-5,2),(0,1),(1000000000000,2),(9223372036854775807,1)'],
    expect: ['changed -5 a', 'changed 1000000000000 a']
  },
  {
    name: 'composite keys',
    create: 'CREATE TABLE T (a INT, b VARCHAR(10), c DATE, n INT, PRIMARY KEY (a,b,c)) DEFAULT CHARSET utf8mb4',
    old: [
      "INSERT INTO T VALUES (1,'x','2024-01-01',1),(1,'x','2024-01-02',1),(1,'y','2024-01-01',1),(2,'','2024-01-01',1)"
    ],
    new: [
      "INSERT INTO T VALUES (1,'x','2024-01-01',1),(1,'x','2024-01-02',2),(2,'','2024-01-01',1),(2,'a','2024-01-01',1)"
    ],
    expect: ['changed 1,x,2024-01-02 n', 'extra 2,a,2024-01-01 ', 'missing 1,y,2024-01-01 ']
  },
  {
    name: 'keys with quotes, backslash, emoji and NUL',
    create: 'CREATE TABLE T (id VARCHAR(50) PRIMARY KEY, a INT) DEFAULT CHARSET utf8mb4 COLLATE utf8mb4_bin',
    both: ["INSERT INTO T VALUES ('it''s',1),('\"',1),('\\\\',1),('a?b',1),('\\0',1),('😀',1),('naïve',1),('%',1)"],
    new: ["UPDATE T SET a=2 WHERE id IN ('it''s','\\\\','\\0','😀','a?b')"],
    expect: ['changed \0 a', "changed it's a", 'changed \\ a', 'changed a?b a', 'changed 😀 a']
  },
  {
    name: 'keys of other kinds',
    create:
      "CREATE TABLE T (e ENUM('z','a','m'), b BINARY(2), d DATETIME(3), m DECIMAL(20,5), t BIT(3), n INT, PRIMARY KEY (e,b,d,m,t))",
    both: [
      "INSERT INTO T VALUES ('z',X'00FF','2024-01-01 00:00:00.123',-1.5,b'101',1),('a',X'2700','2024-01-01 00:00:00.123',12345678901234.12345,b'101',1),('m',X'5C5C','2024-01-01 00:00:00.5',0,b'1',1)"
    ],
    new: ["UPDATE T SET n=2 WHERE e='a'", "DELETE FROM T WHERE e='m'"],
    expect: [
      'changed a,2700,2024-01-01 00:00:00.123,12345678901234.12345,5 n',
      'missing m,5C5C,2024-01-01 00:00:00.500,0.00000,1 '
    ]
  },
  {
    name: 'a unique key without NULLs in place of a primary key',
    create: 'CREATE TABLE T (code CHAR(8) NOT NULL, a INT, UNIQUE KEY code (code)) DEFAULT CHARSET latin1',
    old: ["INSERT INTO T VALUES ('A1',1),('B2',1)"],
    new: ["INSERT INTO T VALUES ('A1',1),('B2',5)"],
    expect: ['changed B2 a']
  },
  { name: 'no key at all', create: 'CREATE TABLE T (a INT)', both: ['INSERT INTO T VALUES (1),(1)'], expect: null },
  {
    name: 'only a key that can hold NULL',
    create: 'CREATE TABLE T (a INT, UNIQUE KEY a (a))',
    both: ['INSERT INTO T VALUES (1)'],
    expect: null
  },
  {
    name: 'only a key over the beginning of a column',
    create: 'CREATE TABLE T (a VARCHAR(50) NOT NULL, UNIQUE KEY a (a(3)))',
    both: ["INSERT INTO T VALUES ('abc')"],
    expect: null
  },
  {
    name: 'a column on one side only',
    create: 'CREATE TABLE T (id INT PRIMARY KEY, a INT)',
    createNew: 'CREATE TABLE T (id INT PRIMARY KEY, a INT, b INT)',
    both: ['INSERT INTO T (id,a) VALUES (1,1)'],
    expect: null
  },
  {
    name: 'partitioned against not',
    create: 'CREATE TABLE T (id INT PRIMARY KEY, a INT)',
    createNew: 'CREATE TABLE T (id INT PRIMARY KEY, a INT) PARTITION BY HASH(id) PARTITIONS 4',
    old: ['INSERT INTO T VALUES (1,1),(2,1)'],
    new: ['INSERT INTO T VALUES (1,1),(2,2)'],
    expect: ['changed 2 a']
  },
  {
    name: 'one change on many rows does not cancel out',
    create: 'CREATE TABLE T (id INT PRIMARY KEY, status VARCHAR(10), a INT)',
    both: [`INSERT INTO T VALUES ${numbers(4000)}`],
    new: ["UPDATE T SET status='paid' WHERE id BETWEEN 101 AND 2100"],
    expect: Array.from({ length: 2000 }, (_, index) => `changed ${index + 101} status`)
  },
  {
    name: 'rows beyond the other side’s least and most',
    create: 'CREATE TABLE T (id INT PRIMARY KEY, status VARCHAR(10), a INT)',
    both: [`INSERT INTO T VALUES ${numbers(2500)}`],
    new: ["INSERT INTO T VALUES (-100,'x',1),(9000,'x',1)", 'DELETE FROM T WHERE id IN (1,1000,1001,2500)'],
    expect: ['extra -100 ', 'extra 9000 ', 'missing 1 ', 'missing 1000 ', 'missing 1001 ', 'missing 2500 ']
  },
  {
    name: 'a long text',
    create: 'CREATE TABLE T (id INT PRIMARY KEY, a LONGTEXT, b LONGBLOB) DEFAULT CHARSET utf8mb4',
    old: ["INSERT INTO T VALUES (1,REPEAT('ä',200000),REPEAT('x',300000)),(2,REPEAT('ä',200000),NULL)"],
    new: ["INSERT INTO T VALUES (1,CONCAT(REPEAT('ä',199999),'b'),REPEAT('x',300000)),(2,REPEAT('ä',200000),NULL)"],
    expect: ['changed 1 a']
  },
  {
    name: 'rows larger than the server can join to one text',
    create: 'CREATE TABLE T (id INT PRIMARY KEY, a LONGTEXT, b LONGTEXT, c INT) DEFAULT CHARSET latin1',
    old: [
      "INSERT INTO T SELECT 1,REPEAT('a',9000000),REPEAT('b',9000000),1",
      "INSERT INTO T SELECT 2,REPEAT('a',9000000),REPEAT('b',9000000),1"
    ],
    new: [
      "INSERT INTO T SELECT 1,REPEAT('a',9000000),REPEAT('b',9000000),1",
      "INSERT INTO T SELECT 2,REPEAT('a',9000000),CONCAT(REPEAT('b',8999999),'c'),1"
    ],
    expect: ['changed 2 b']
  },
  {
    name: 'hostile `names`; -- "of" columns',
    create: 'CREATE TABLE T (`a``b?` INT PRIMARY KEY, `select; -- \'"` INT, `ключ😀`INT)'.replace('😀', ''),
    old: ['INSERT INTO T VALUES (1,1,1),(2,2,2)'],
    new: ['INSERT INTO T VALUES (1,1,1),(2,2,3)'],
    expect: ['changed 2 ключ']
  },
  {
    name: 'uuid and address types',
    create: 'CREATE TABLE T (id UUID PRIMARY KEY, a INET6, b INET4)',
    old: [
      "INSERT INTO T VALUES ('123e4567-e89b-12d3-a456-426614174000','::1','10.0.0.1'),('00000000-0000-0000-0000-000000000001','::2','10.0.0.2')"
    ],
    new: [
      "INSERT INTO T VALUES ('123e4567-e89b-12d3-a456-426614174000','::1','10.0.0.1'),('00000000-0000-0000-0000-000000000001','::3','10.0.0.3')"
    ],
    expect: ['changed 00000000-0000-0000-0000-000000000001 a,b'],
    only: ['m1011']
  },
  {
    name: 'vectors',
    create: 'CREATE TABLE T (id INT PRIMARY KEY, a VECTOR(2))',
    old: ["INSERT INTO T VALUES (1,STRING_TO_VECTOR('[1,2]')),(2,STRING_TO_VECTOR('[1,2]'))"],
    new: ["INSERT INTO T VALUES (1,STRING_TO_VECTOR('[1,2]')),(2,STRING_TO_VECTOR('[1,3]'))"],
    expect: ['changed 2 a'],
    only: ['my97']
  },
  {
    name: 'a column type Siteswap does not know is never called the same',
    create: 'CREATE TABLE T (id INT PRIMARY KEY, a INT) WITH SYSTEM VERSIONING',
    both: ['INSERT INTO T VALUES (1,1)'],
    new: ['UPDATE T SET a=2'],
    expect: ['changed 1 a'],
    only: ['m1011']
  }
]
