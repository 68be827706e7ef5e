import { useI18n } from 'vue-i18n'

import { useKinds } from '@/postings/useKinds'

/** What a field of a posting or an application is called: `details.pay_low` of a kind, `title`, `uscc`. */
export function useFieldLabel() {
  const { t, te } = useI18n()
  const { of } = useKinds()
  return (field: string, kind = ''): string => {
    const own = of(kind)?.fields.find((each) => `details.${each.name}` === field)
    if (own) return own.label
    return te(`reviewing.fields.${field}`) ? t(`reviewing.fields.${field}`) : field.replace('details.', '')
  }
}
