import type { SavedSearch } from './api'

/** A kept search as the address of the page that shows it, and its filters as they are asked; a place is kept in degrees. */
export function addressOf(search: Pick<SavedSearch, 'q' | 'filters'>) {
  const { lat, lng, km, ...rest } = search.filters
  const filters = { ...rest, ...(lat && lng && { near: `${lat},${lng}`, km: String(Math.round(Number(km))) }) }
  const query = search.q ? { q: search.q, ...filters } : filters
  return { filters, to: { path: '/search', query } }
}
