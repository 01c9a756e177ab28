import { changed, type Explain, noSkip, startAgain } from './link-error'
import { flavourOf } from './server-words'

const workersOf = (words: Parameters<typeof flavourOf>[0]): string =>
  flavourOf(words) === 'mariadb'
    ? 'slave_parallel_threads'
    : /\bREPLICA\b/i.test(words.asked)
      ? 'replica_parallel_workers'
      : 'slave_parallel_workers'

export const notInParallel: Explain = (names) => ({
  happened: `${names.replica} applies with several workers, and this event cannot be applied that way: the relay log comes from an older release, or a setting excludes it.`,
  tries: [
    changed(
      names,
      'Apply it with one worker',
      `Then put ${workersOf(names.words)} back to what it was; note the number first.`,
      [`SET GLOBAL ${workersOf(names.words)} = 0`]
    ),
    { title: 'Read the whole status', server: names.replica, statements: [names.words.status] }
  ]
})

export const workersStopped: Explain = (names) => ({
  happened: `The workers of ${names.replica} were stopped in the middle: some later transactions may be applied before an earlier one. Mostly another error stopped one of them, or the server was ended hard.`,
  tries: [
    {
      title: 'Find the first error',
      why: 'The worker that stopped first says why; the others only stopped with it.',
      server: names.replica,
      statements:
        flavourOf(names.words) === 'mariadb'
          ? [names.words.status]
          : [
              'SELECT CHANNEL_NAME, WORKER_ID, LAST_ERROR_NUMBER, LAST_ERROR_MESSAGE FROM performance_schema.replication_applier_status_by_worker WHERE LAST_ERROR_NUMBER <> 0'
            ]
    },
    startAgain(names, 'By GTID the gaps are filled first; nothing is applied twice.'),
    { title: 'Compare both servers afterwards', why: 'Drift says whether anything is missing.', go: 'drift' }
  ],
  notOffered: noSkip
})

export const eventTooBig: Explain = (names) => {
  const setting =
    flavourOf(names.words) === 'mariadb'
      ? 'slave_parallel_max_queued'
      : /\bREPLICA\b/i.test(names.words.asked)
        ? 'replica_pending_jobs_size_max'
        : 'slave_pending_jobs_size_max'
  return {
    happened: `One event is larger than the queue of the workers on ${names.replica} (${setting}).`,
    tries: [
      changed(names, 'Make the queue larger than the largest packet', 'Here 1 GiB.', [
        `SET GLOBAL ${setting} = 1073741824`
      ])
    ]
  }
}

export const earlierFailed: Explain = (names) => ({
  happened: `A worker on ${names.replica} stopped because a transaction before its own failed; that one is the reason.`,
  tries: [
    {
      title: 'Look for the first error',
      why: 'In the error log of the replica it stands before this one.',
      server: names.replica,
      statements: [names.words.status]
    },
    startAgain(names, 'After the first error is mended.')
  ],
  notOffered: noSkip
})

export const pluginRefuses: Explain = (names) => ({
  happened: `A plugin of ${names.replica} refuses the change, mostly Group Replication: the table has no primary key or is not InnoDB.`,
  tries: [
    { title: 'Find tables without a key', why: 'Preflight lists them.', go: 'preflight' },
    {
      title: 'Look whether it is part of a group',
      server: names.replica,
      statements: [
        'SELECT MEMBER_HOST, MEMBER_PORT, MEMBER_STATE, MEMBER_ROLE FROM performance_schema.replication_group_members'
      ]
    },
    startAgain(names, 'After the table fits the plugin’s rules on both sides.')
  ],
  notOffered: noSkip
})

export const definerMissing: Explain = (names) => ({
  happened: `A view, routine, trigger or event on ${names.replica} belongs to an account that is not there, so it cannot be run.`,
  tries: [
    {
      title: `Look for the account on ${names.replica}`,
      why: 'The server’s words name it; make it with the rights it has on the source.',
      server: names.replica,
      statements: ['SELECT User, Host FROM mysql.user ORDER BY User, Host']
    },
    { title: 'Compare schema and objects', why: 'Definers are compared, too.', go: 'drift' },
    startAgain(names, 'After the account is there.')
  ],
  notOffered: noSkip
})

export const unsafeRoutine: Explain = (names) => ({
  happened: `${names.replica} refuses a function or trigger of ${names.source}: its binary log is on, the routine does not say that it is deterministic, and log_bin_trust_function_creators is off there.`,
  tries: [
    {
      title: 'Compare the setting on both',
      why: 'The source seems to trust its routines; the replica has to do the same.',
      server: `${names.source} and ${names.replica}`,
      statements: ['SELECT @@global.log_bin_trust_function_creators']
    },
    changed(names, 'Trust them on the replica, too', 'With row events the result does not depend on the routine.', [
      'SET GLOBAL log_bin_trust_function_creators = 1'
    ])
  ],
  notOffered: noSkip
})
