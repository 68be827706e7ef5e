export interface Spot {
  code: string
  name: string
  lat: number
  lng: number
}

/** How many by code, of a region and of what lies within it. */
export type Counts = Record<string, number>
export type Point = readonly [number, number]

const MOST_REGIONS = 4
const CORNERS = 24
// Farther than this many usual distances from its middle nothing belongs to a place.
const REACH = 0.95
const KM_PER_DEGREE = 111.32

/** Places on a flat sheet: kilometres to the east and to the south of the middle of them all. */
export function flat(spots: readonly Spot[]): Point[] {
  const middle = (of: (spot: Spot) => number) => spots.reduce((sum, spot) => sum + of(spot), 0) / Math.max(spots.length, 1)
  const [lat, lng] = [middle((spot) => spot.lat), middle((spot) => spot.lng)]
  const shrink = Math.cos((lat * Math.PI) / 180)
  return spots.map((spot) => [(spot.lng - lng) * shrink * KM_PER_DEGREE, (lat - spot.lat) * KM_PER_DEGREE])
}

/** What lies nearer to each point than to any other, and not too far from it: its corners in turn.
 *  No boundary of anything: a sketch of who lies beside whom. */
export function cells(points: readonly Point[]): Point[][] {
  const reach = REACH * usualDistance(points)
  return points.map((own, at) => {
    let corners: Point[] = Array.from({ length: CORNERS }, (_, turn) => {
      const angle = (2 * Math.PI * turn) / CORNERS
      return [own[0] + reach * Math.cos(angle), own[1] + reach * Math.sin(angle)]
    })
    points.forEach((other, that) => {
      if (that !== at && apart(own, other) < 2 * reach) corners = nearer(corners, own, other)
    })
    return corners
  })
}

const apart = (one: Point, other: Point) => Math.hypot(one[0] - other[0], one[1] - other[1])

/** How far it is from a place to its third neighbour, for the place in the middle of them: towns that lie close do not count. */
function usualDistance(points: readonly Point[]): number {
  if (points.length < 2) return 50
  const third = points.map((own) => points.map((other) => apart(own, other)).sort((one, other) => one - other)[Math.min(3, points.length - 1)]!)
  return third.sort((one, other) => one - other)[Math.floor(third.length * 0.7)]!
}

/** The part of a convex shape that lies nearer to `own` than to `other`. */
function nearer(corners: readonly Point[], own: Point, other: Point): Point[] {
  const [dx, dy] = [other[0] - own[0], other[1] - own[1]]
  const limit = (other[0] ** 2 + other[1] ** 2 - own[0] ** 2 - own[1] ** 2) / 2
  // Of two places at one point neither is cut.
  if (dx === 0 && dy === 0) return [...corners]
  const beyond = (point: Point) => point[0] * dx + point[1] * dy - limit
  return corners.flatMap((corner, at) => {
    const next = corners[(at + 1) % corners.length]!
    const [here, there] = [beyond(corner), beyond(next)]
    const kept: Point[] = here <= 0 ? [corner] : []
    if (here < 0 !== there < 0 && here !== there) {
      const part = here / (here - there)
      kept.push([corner[0] + part * (next[0] - corner[0]), corner[1] + part * (next[1] - corner[1])])
    }
    return kept
  })
}

const isDistrict = (code: string) => !code.endsWith('00')
// A district of a municipality lies directly below it.
const above = (code: string, counts: Counts) => (`${code.slice(0, 4)}00` in counts ? `${code.slice(0, 4)}00` : `${code.slice(0, 2)}0000`)

/** The regions whose districts were counted, those with most first. */
export function covered(counts: Counts): string[] {
  const sums = new Map<string, number>()
  for (const [code, count] of Object.entries(counts).filter(([each]) => isDistrict(each))) {
    const region = above(code, counts)
    sums.set(region, (sums.get(region) ?? 0) + count)
  }
  return [...sums].sort(([, one], [, other]) => other - one).slice(0, MOST_REGIONS).map(([code]) => code).sort()
}
