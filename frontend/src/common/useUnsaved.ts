import { ElMessageBox } from 'element-plus'
import 'element-plus/theme-chalk/el-message-box.css'
import 'element-plus/theme-chalk/el-overlay.css'
import { onScopeDispose } from 'vue'
import { onBeforeRouteLeave } from 'vue-router'

import { say } from '@/words'

/** Nobody leaves with something unsaved by a slip: it is saved if it can be, and asked about if it cannot. */
export function useUnsaved(dirty: () => boolean, save: () => Promise<boolean>): void {
  const warn = (event: BeforeUnloadEvent) => dirty() && event.preventDefault()
  addEventListener('beforeunload', warn)
  onScopeDispose(() => removeEventListener('beforeunload', warn))

  onBeforeRouteLeave(async () => {
    if (!dirty() || (await save())) return true
    const words = say('postings.form.leaveWords')
    const buttons = { confirmButtonText: say('postings.form.leave'), cancelButtonText: say('postings.form.stay') }
    return ElMessageBox.confirm(words, say('postings.form.leaveTitle'), buttons).then(() => true, () => false)
  })
}
