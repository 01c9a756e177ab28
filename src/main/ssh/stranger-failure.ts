import { type FailureError, fail } from '../../shared/failure'
import { strangerIn } from './first-words'

/** Something answered and no SSH session came of it: what it is, as far as its first words tell. */
export const strangerFailure = (heard: string, label: string, libraryWords: string): FailureError => {
  const stranger = strangerIn(heard)
  switch (stranger.kind) {
    case 'silent':
      return fail(
        'refused',
        `${label} hung up before it said anything: it does not speak SSH, or it wants nobody now.`,
        {
          where: label,
          words: libraryWords,
          try: [
            'Check the port: is it the SSH port?',
            'A forwarder or balancer whose SSH server is down looks like this: look whether sshd runs.',
            'The server may refuse this address (fail2ban, a penalty, hosts.deny): look at its log.'
          ]
        }
      )
    case 'web':
      return fail('refused', `A web server answers at ${label}, not an SSH server: it does not speak SSH.`, {
        where: label,
        words: heard.slice(0, 200),
        try: ['Check the port: SSH is usually on 22.']
      })
    case 'database':
      return fail(
        'refused',
        `A database (${stranger.version}) answers at ${label}, not an SSH server: it does not speak SSH.`,
        {
          where: label,
          try: [
            'Check the port: SSH is usually on 22.',
            'When the database is to be reached without SSH, remove this hop and choose “directly”.'
          ]
        }
      )
    case 'crowded':
      return fail('refused', `${label} has too many sign-ins going on at once and takes no more (MaxStartups).`, {
        where: label,
        words: heard.slice(0, 200),
        try: [
          'Wait a moment and try again.',
          'When it stays so, somebody may be guessing passwords there: look at its log, or raise MaxStartups in sshd_config.'
        ]
      })
    case 'penalty':
      return fail('refused', `${label} refuses this address for a while, after sign-ins that failed.`, {
        where: label,
        words: heard.slice(0, 200),
        try: ['Wait some minutes.', 'PerSourcePenalties in its sshd_config says how long it lasts.']
      })
    case 'old-ssh':
      return fail('refused', `${label} speaks version 1 of SSH only, which is not safe.`, {
        where: label,
        words: stranger.version,
        try: ['Update the SSH server there.']
      })
    case 'other':
      return fail('refused', `What answers at ${label} does not speak SSH, or it hung up at once.`, {
        where: label,
        words: stranger.words || libraryWords,
        try: ['Check the port: is it the SSH port?', 'The server may refuse this address; look at its log.']
      })
    default:
      return stranger satisfies never
  }
}
