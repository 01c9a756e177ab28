import { use, useEffect, useState } from 'react'
import { CopyContext } from './copy-context'
import { Icon } from './icon'

/** A small sign beside a value that copies it; seen under the pointer. The keyboard has the copy of everything beside it. */
export function CopyIcon({ text, label }: { text: string; label: string }) {
  const copy = use(CopyContext)
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <button
      type="button"
      className={copied ? 'copy-i on' : 'copy-i'}
      tabIndex={-1}
      aria-label={label}
      title={label}
      onClick={() => void copy(text).then(() => setCopied(true))}
    >
      <Icon name={copied ? 'check' : 'copy'} size={12} />
    </button>
  )
}
