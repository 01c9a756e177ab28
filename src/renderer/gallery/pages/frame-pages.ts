import { openMoveIn } from '../fixtures/open-move'
import type { GalleryPages } from '../scene'

/** The frame of a move in its phases. */
export const framePages: GalleryPages = {
  'frame-host-key': () => ({
    kind: 'move',
    station: 'sites',
    open: openMoveIn('described'),
    hostKey: {
      id: 'q1',
      host: 'lis-db2.lis.internal',
      port: 22,
      through: ['gw.lis.example.com'],
      keyType: 'ssh-ed25519',
      fingerprint: 'SHA256:7Kq2vN4dxP0eZr8TmLw3cHy6Ua9BfSj1GtQ5oRk7iEs',
      lookedUpIn: ['~/.ssh/known_hosts', '/etc/ssh/ssh_known_hosts']
    }
  }),
  'frame-host-key-other-type': () => ({
    kind: 'move',
    station: 'sites',
    open: openMoveIn('described'),
    hostKey: {
      id: 'q2',
      host: '10.40.0.12',
      port: 2222,
      through: [],
      keyType: 'ecdsa-sha2-nistp256',
      fingerprint: 'SHA256:7Kq2vN4dxP0eZr8TmLw3cHy6Ua9BfSj1GtQ5oRk7iEs',
      lookedUpIn: ['~/.ssh/known_hosts', '/etc/ssh/ssh_known_hosts'],
      knownAs: 'lis-db2',
      otherTypes: ['ssh-ed25519', 'ssh-rsa']
    }
  }),
  'frame-sign-in-code': () => ({
    kind: 'move',
    station: 'sites',
    open: openMoveIn('described'),
    signIn: {
      id: 's1',
      host: 'deploy@lis-db2.lis.internal:22',
      through: ['gw.lis.example.com'],
      name: '',
      instructions: 'Lisbon operations.\nA code was sent to your phone ending in 42.',
      prompts: [
        { text: 'Password: ', echo: false },
        { text: 'Verification code: ', echo: true }
      ],
      round: 1,
      again: false
    }
  }),
  'frame-sign-in-again': () => ({
    kind: 'move',
    station: 'sites',
    open: openMoveIn('described'),
    signIn: {
      id: 's2',
      host: 'deploy@gw.lis.example.com:22',
      through: [],
      name: 'PAM \u202eecnatsissa\u001b[31m',
      instructions: '',
      prompts: [{ text: 'Password for root on bastion2: ', echo: false }],
      round: 2,
      again: true
    }
  })
}
