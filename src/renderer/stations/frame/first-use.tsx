import { HostKeyDialog } from '../../parts/host-key-dialog'
import { answerHostKey, useShell } from '../../state/shell'

/** The question of a first connection: is this the host? Asked by the main process, answered by the person. */
export function FirstUse() {
  const question = useShell((shell) => shell.hostKey)
  if (!question) return null
  const through = question.through.length ? `, through ${question.through.join(' and ')}` : ''
  const kept = question.knownAs === undefined ? '' : ` Its key is kept under the name ${question.knownAs}.`
  const others = question.otherTypes?.length
    ? ` This name is already known by another type of key (${question.otherTypes.join(', ')}): a host that was rebuilt looks like this, and so does another machine.`
    : ''
  return (
    <HostKeyDialog
      key={question.id}
      open
      host={question.host}
      words={`First connection to ${question.host}:${question.port}${through}. Compare with what your host or provider shows. Looked up in ${question.lookedUpIn.join(', ') || 'no file'}.${kept}${others}`}
      keyType={question.keyType}
      fingerprint={question.fingerprint}
      command={`ssh-keygen -lf /etc/ssh/ssh_host_${question.keyType.replace(/^ssh-|-sha2.*$/g, '').toLowerCase()}_key.pub`}
      onTrust={() => void answerHostKey(question.id, true)}
      onRefuse={() => void answerHostKey(question.id, false)}
    />
  )
}
