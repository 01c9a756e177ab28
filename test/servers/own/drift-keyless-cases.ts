import type { DriftCase } from './drift-case'

/** Cases about tables whose rows have no key that both sides order alike: they are told by all they hold. */
export const keylessCases: DriftCase[] = [
  { name: 'no key at all', create: 'CREATE TABLE T (a INT)', both: ['INSERT INTO T VALUES (1),(1)'], expect: [] },
  {
    name: 'one duplicate more in a table without key',
    create: 'CREATE TABLE T (a INT, b VARCHAR(10))',
    old: ["INSERT INTO T VALUES (1,'x'),(1,'x'),(2,'y'),(NULL,NULL)"],
    new: ["INSERT INTO T VALUES (1,'x'),(2,'y'),(2,'y'),(2,'y'),(NULL,NULL)"],
    expect: ['extra 2,y', 'extra 2,y', 'missing 1,x']
  },
  {
    name: 'a large table without key',
    create: 'CREATE TABLE T (a INT, b VARCHAR(20))',
    both: [
      `INSERT INTO T VALUES ${Array.from({ length: 6000 }, (_, index) => `(${index % 1500},'row ${index % 3000}')`).join(',')}`
    ],
    new: [
      "UPDATE T SET b = 'changed' WHERE b = 'row 2000' LIMIT 1",
      "DELETE FROM T WHERE b = 'row 7' LIMIT 1",
      "INSERT INTO T VALUES (0,'row 0')"
    ],
    expect: ['extra 0,row 0', 'extra 500,changed', 'missing 500,row 2000', 'missing 7,row 7']
  },
  {
    name: 'only a key that can hold NULL',
    create: 'CREATE TABLE T (a INT, b INT, UNIQUE KEY a (a))',
    both: ['INSERT INTO T VALUES (1,1),(NULL,1),(NULL,1),(NULL,2)'],
    new: ['UPDATE T SET b=5 WHERE b=2'],
    expect: ['extra ∅,5', 'missing ∅,2']
  },
  {
    name: 'only a key over the beginning of a column',
    create: 'CREATE TABLE T (a VARCHAR(50) NOT NULL, UNIQUE KEY a (a(3)))',
    old: ["INSERT INTO T VALUES ('abc'),('abd')"],
    new: ["INSERT INTO T VALUES ('abcd'),('abd')"],
    expect: ['extra abcd', 'missing abc']
  },
  {
    name: 'a key of floating-point numbers',
    create: 'CREATE TABLE T (a DOUBLE PRIMARY KEY, b INT)',
    old: ['INSERT INTO T VALUES (0.1,1),(0.30000000000000004,2)'],
    new: ['INSERT INTO T VALUES (0.1,1),(0.3,2)'],
    expect: ['extra 0.3,2', 'missing 0.30000000000000004,2']
  },
  {
    name: 'rows without key that are too large to join to one text',
    create: 'CREATE TABLE T (a LONGTEXT, b LONGTEXT, c INT) DEFAULT CHARSET latin1',
    old: ["INSERT INTO T SELECT REPEAT('a',9000000),REPEAT('b',9000000),1"],
    new: ["INSERT INTO T SELECT REPEAT('a',9000000),CONCAT(REPEAT('b',8999999),'c'),1"],
    expect: ['extra …,1', 'missing …,1']
  },
  {
    name: 'no key on a server without transactions',
    create: 'CREATE TABLE T (a INT) ENGINE=MyISAM',
    old: ['INSERT INTO T VALUES (1)'],
    new: ['INSERT INTO T VALUES (2)'],
    expect: ['extra 2', 'missing 1']
  }
]
