import type { DriftCase } from './drift-case'

const numbers = (to: number): string =>
  Array.from({ length: to }, (_, index) => `(${index + 1},'open',${(index * 7) % 100})`).join(',')

/** Cases about keys, many rows, large rows and rare types. */
export const keyCases: DriftCase[] = [
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
