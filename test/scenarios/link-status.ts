import type { LinkStatus, SurveyedLink } from '../../src/shared/server'

/** A link that runs, reads from server 1 through the bridge, and has nothing to do. */
export const linkStatus = (more: Partial<LinkStatus> = {}): LinkStatus => ({
  channel: '',
  sourceHost: '127.0.0.1',
  sourcePort: 13306,
  sourceServerId: 1,
  sourceUuid: null,
  receiver: 'running',
  applier: 'running',
  receiverError: null,
  applierError: null,
  secondsBehind: 0,
  usesGtid: true,
  configuredDelaySeconds: 0,
  filters: [],
  received: '',
  applied: '',
  raw: {},
  ...more
})

/** The same as a survey of a MariaDB tells it. */
export const surveyedLink = (more: Partial<SurveyedLink> = {}): SurveyedLink => ({
  ...linkStatus(more),
  words: more.words ?? {
    asked: 'SHOW ALL SLAVES STATUS',
    status: 'SHOW SLAVE STATUS',
    start: ['START SLAVE'],
    stop: ['STOP SLAVE']
  }
})
