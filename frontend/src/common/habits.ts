import { look } from '@/identity/look'
import { say } from '@/words'

const DAY = 86_400_000
// The platform's own clock, wherever the reader is.
const ZONE = 'Asia/Shanghai'

/** 9月17日, or 17 Sept; the year too when it is another one. */
export function dayOf(value: string | null | undefined): string {
  if (!value) return say('common.none')
  const date = new Date(value)
  const year = yearOf(date) === yearOf(new Date()) ? undefined : 'numeric'
  const month = look.value.language === 'en' ? 'short' : 'long'
  return new Intl.DateTimeFormat(look.value.language, { timeZone: ZONE, year, month, day: 'numeric' }).format(date)
}

/** 14:05, on a clock of 24 hours. */
export function timeOf(date: Date): string {
  return new Intl.DateTimeFormat('zh-CN', { timeZone: ZONE, hour: '2-digit', minute: '2-digit', hour12: false }).format(date)
}

/** 今天, 昨天, 5 天前, and the date after a month. */
export function sinceWhen(value: string | null | undefined, now = new Date()): string {
  if (!value) return say('common.none')
  const days = daysBetween(new Date(value), now)
  if (days <= 0) return say('common.today')
  if (days === 1) return say('common.yesterday')
  return days <= 30 ? say('common.daysAgo', { n: days }) : dayOf(value)
}

/** How many days until a date; negative when it is past. */
export function daysUntil(value: string, now = new Date()): number {
  return daysBetween(now, new Date(value))
}

export function untilWhen(value: string, now = new Date()): string {
  const days = daysUntil(value, now)
  if (days === 0) return say('common.lastDay')
  return days > 0 ? say('common.daysLeft', { n: days }) : say('common.overdue', { n: -days })
}

/** 5,500 元; from ten thousand on, in 万元 as it is said. */
export function money(amount: number): string {
  if (look.value.language === 'en') return new Intl.NumberFormat('en', { style: 'currency', currency: 'CNY', maximumFractionDigits: 0 }).format(amount)
  if (amount >= 10_000 && amount % 1_000 === 0) return say('common.tenThousand', { n: amount / 10_000 })
  return say('common.yuan', { n: new Intl.NumberFormat('zh-CN').format(amount) })
}

function daysBetween(from: Date, to: Date): number {
  return Math.round((startOfDay(to) - startOfDay(from)) / DAY)
}

function startOfDay(date: Date): number {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit' }).format(date)
  return Date.parse(parts)
}

function yearOf(date: Date): string {
  return new Intl.DateTimeFormat('en', { timeZone: ZONE, year: 'numeric' }).format(date)
}
