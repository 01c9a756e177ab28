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
  })
}
