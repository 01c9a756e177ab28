import type { DriftCase } from './drift-case'

/** Cases about the values of columns. */
export const valueCases: DriftCase[] = [
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
    both: ["INSERT INTO T VALUES ('a',1),('B',2),('c',3)"],
    new: ["UPDATE T SET a=9 WHERE id='B'"],
    // No common order: compared by what the rows hold.
    expect: ['extra B,9', 'missing B,2']
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
  }
]
