import { Duplex } from 'node:stream'
import { deadlineText } from '../../shared/deadline'
import { type FailureError, fail } from '../../shared/failure'
import type { SshProcess } from './spawn-ssh'
import { channelFailure } from './ssh-failure'
import { wordsOf } from './system-ssh-failure'

/** What `-v` says when the other side opened the channel, shared and not. */
const opened = /: \w+ session id: \d|open confirm rwindow/
const noWords = 'Stdio forwarding request failed'

/** The stream of a started `ssh -W`: there once ssh says so or the far service speaks. `heard`: what the shared connection said meanwhile. */
export const streamOf = (
  started: SshProcess,
  label: string,
  target: string,
  deadlineMs: number,
  heard: () => string
): Promise<Duplex> =>
  new Promise((resolve, reject) => {
    const { child } = started
    const settle = (finish: () => void) => {
      clearTimeout(timer)
      child.stdout.removeListener('readable', onData)
      child.stderr.removeListener('data', onWords)
      finish()
    }
    const giveUp = (failure: FailureError) =>
      settle(() => {
        started.stop()
        reject(failure)
      })
    const timer = setTimeout(
      () =>
        giveUp(
          fail('timeout', `${label} did not open a channel to ${target} within ${deadlineText(deadlineMs)}.`, {
            where: label,
            try: ['Check that the address is reachable from that host; a firewall that drops packets looks like this.']
          })
        ),
      deadlineMs
    )
    const onOpen = () =>
      settle(() => {
        const stream = Duplex.from({ readable: child.stdout, writable: child.stdin })
        stream.on('error', () => undefined)
        stream.once('end', () => stream.end())
        stream.once('close', () => started.stop())
        resolve(stream)
      })
    // An end makes a stream readable too.
    const onData = () => {
      if (child.stdout.readableLength > 0) onOpen()
    }
    const onWords = () => {
      if (opened.test(started.said())) onOpen()
    }
    child.stderr.on('data', onWords)
    child.stdout.on('readable', onData)
    started.ended.then(
      () =>
        giveUp(
          channelFailure(
            new Error(`${wordsOf(heard())} ${wordsOf(started.said()).replace(noWords, '')}`.trim()),
            label,
            target
          )
        ),
      giveUp
    )
  })
