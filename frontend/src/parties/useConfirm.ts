import { ElMessageBox } from 'element-plus'
import 'element-plus/theme-chalk/el-message-box.css'
import 'element-plus/theme-chalk/el-overlay.css'

import { say } from '@/words'

/** Asks before what cannot be taken back. */
export function useConfirm() {
  const confirm = (words: string, yes: string): Promise<boolean> =>
    ElMessageBox.confirm(words, yes, { confirmButtonText: yes, cancelButtonText: say('common.cancel') }).then(() => true, () => false)
  return { confirm }
}
