import type { Runbook } from '../../runbook/step'
import type { LinkFacts } from './link-facts'
import type { BridgeEyes } from './see-through'
import { authorizeKey } from './steps/authorize-key'
import { makeKey } from './steps/make-key'
import { pinHostKey } from './steps/pin-host-key'
import { placeSupervisor } from './steps/place-supervisor'
import { proveBridge } from './steps/prove-bridge'
import { startBridge } from './steps/start-bridge'

/** “Build the bridge”: the server-to-server tunnel that both links and, later, the old web servers use. */
export const makeLinkRunbook = (facts: LinkFacts, eyes: BridgeEyes): Runbook<LinkFacts> => ({
  kind: 'link',
  title: 'Build the bridge',
  facts,
  steps: [makeKey, pinHostKey, authorizeKey, placeSupervisor, startBridge, proveBridge(eyes)],
  confirmWords: null,
  onFailure: 'stop'
})
