import { Button } from '../../parts/button'
import { ToastRegion } from '../../parts/toast-region'
import { dismissNotice, type Notice, useShell } from '../../state/shell'

const act = (notice: Notice) => {
  notice.action?.run()
  dismissNotice(notice.id)
}

/** What ended out of sight, with the one thing that can still be done about it. */
export function Notices() {
  const notices = useShell((shell) => shell.notices)
  return (
    <ToastRegion
      toasts={notices.map((notice) => ({
        id: String(notice.id),
        status: notice.tone,
        title: notice.text,
        detail: notice.detail,
        action: notice.action && (
          <Button size="sm" onPress={() => act(notice)}>
            {notice.action.label}
          </Button>
        )
      }))}
      onDismiss={(id) => dismissNotice(Number(id))}
    />
  )
}
