import {
  definerMissing,
  earlierFailed,
  eventTooBig,
  notInParallel,
  pluginRefuses,
  unsafeRoutine,
  workersStopped
} from './applier-errors'
import { hole, nextUndefined, notSafe, outOfOrder, positionSplit, sourceReplaced, stateTable } from './gtid-errors'
import {
  blocked,
  commandRefused,
  full,
  lacksRight,
  lineLost,
  needsTls,
  refused,
  tlsRefused,
  unknownHost,
  unreachable
} from './line-errors'
import { type Explain, type LinkError, type LinkNames, type LinkTry, noSkip, startAgain } from './link-error'
import {
  damagedEvent,
  damagedOnTheWay,
  fatal,
  gtidNotUsed,
  incident,
  logsPurged,
  lostPlace,
  readingLog,
  relayLog,
  relayWrite,
  replicaAhead
} from './log-errors'
import {
  accountDiffers,
  alreadyThere,
  columnDiffers,
  conversion,
  deadlocked,
  duplicate,
  locked,
  parentMissing,
  rowMissing,
  tableMissing,
  valueRefused
} from './row-errors'

/** Codes of MySQL and MariaDB that stop links, with what they say. */
export const linkErrors: Record<number, Explain> = {
  1007: alreadyThere,
  1008: alreadyThere,
  1032: rowMissing,
  1040: full,
  1044: lacksRight,
  1045: refused,
  1048: valueRefused,
  1049: tableMissing,
  1050: alreadyThere,
  1051: alreadyThere,
  1054: columnDiffers,
  1060: columnDiffers,
  1061: columnDiffers,
  1062: duplicate,
  1091: columnDiffers,
  1129: blocked,
  1130: refused,
  1136: columnDiffers,
  1142: lacksRight,
  1146: tableMissing,
  1153: (names) => readingLog({ ...names, text: `${names.text} max_allowed_packet` }),
  1158: lineLost,
  1159: lineLost,
  1160: lineLost,
  1161: lineLost,
  1201: lostPlace,
  1205: locked,
  1213: deadlocked,
  1216: parentMissing,
  1217: parentMissing,
  1227: lacksRight,
  1236: readingLog,
  1264: valueRefused,
  1292: valueRefused,
  1364: valueRefused,
  1366: valueRefused,
  1396: accountDiffers,
  1406: valueRefused,
  1410: accountDiffers,
  1418: unsafeRoutine,
  1419: unsafeRoutine,
  1449: definerMissing,
  1451: parentMissing,
  1452: parentMissing,
  1590: incident,
  1593: fatal,
  1594: relayLog,
  1595: relayWrite,
  1597: commandRefused,
  1610: damagedEvent,
  1677: conversion,
  1743: damagedOnTheWay,
  1753: notInParallel,
  1755: notInParallel,
  1756: workersStopped,
  1777: gtidNotUsed,
  1781: gtidNotUsed,
  1782: gtidNotUsed,
  1785: notSafe,
  1786: notSafe,
  1787: notSafe,
  1789: logsPurged,
  1837: nextUndefined,
  1864: eventTooBig,
  1871: lostPlace,
  1872: lostPlace,
  1942: stateTable,
  1944: stateTable,
  1945: replicaAhead,
  1946: stateTable,
  1947: positionSplit,
  1948: positionSplit,
  1950: outOfOrder,
  1951: hole,
  1952: sourceReplaced,
  1955: replicaAhead,
  1964: earlierFailed,
  2002: unreachable,
  2003: unreachable,
  2005: unknownHost,
  2006: lineLost,
  2013: lineLost,
  2026: tlsRefused,
  2055: lineLost,
  2061: needsTls,
  3098: pluginRefuses,
  3100: pluginRefuses,
  13114: readingLog,
  13115: damagedOnTheWay,
  13117: fatal,
  13119: incident,
  13120: commandRefused,
  13121: relayLog,
  13122: relayWrite,
  13123: lostPlace,
  13124: lostPlace,
  13146: conversion,
  13148: gtidNotUsed,
  13149: gtidNotUsed,
  13150: gtidNotUsed
}

/** For every other code: the words stand for themselves. */
export const unknownError: Explain = (names) => ({
  happened: `The link from ${names.source} to ${names.replica} stopped with the words above.`,
  tries: [
    { title: 'Read the whole status', server: names.replica, statements: [names.words.status] },
    startAgain(names, 'Once what the words say is mended.')
  ],
  notOffered: noSkip
})

/** An error of a link in words: what happened and what to try. */
export const explainLinkError = (code: number, names: LinkNames): LinkError => {
  const told = (linkErrors[code] ?? unknownError)(names)
  return /error\(s\) in the worker/i.test(names.text) ? { ...told, tries: [workersWords(names), ...told.tries] } : told
}

/** MySQL’s coordinator only counts what its workers met: table and key stand with the worker. */
const workersWords = ({ replica }: LinkNames): LinkTry => ({
  title: 'Read what the worker says',
  why: 'It names the table and the key.',
  server: replica,
  statements: [
    'SELECT CHANNEL_NAME, WORKER_ID, LAST_ERROR_NUMBER, LAST_ERROR_MESSAGE FROM performance_schema.replication_applier_status_by_worker WHERE LAST_ERROR_NUMBER <> 0'
  ]
})
