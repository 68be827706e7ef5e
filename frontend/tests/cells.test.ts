import { expect, test } from 'vitest'

import { type Point, cells, covered, flat } from '@/searching/cells'

const spot = (lat: number, lng: number) => ({ code: `${lat}`, name: '', lat, lng })
const within = (shape: Point[], [x, y]: Point) =>
  shape.every(([ax, ay], at) => {
    const [bx, by] = shape[(at + 1) % shape.length]!
    return (bx - ax) * (y - ay) - (by - ay) * (x - ax) >= -1e-9
  })
// Points as in a drizzle: the same every time, never on a line.
const drizzle = Array.from({ length: 40 }, (_, at): Point => [(at * 61.8) % 100, (at * 38.2 + (at * at) % 7) % 100])

test('a place lies within its own cell, and every corner of it is nearer to that place than to any other', () => {
  const shapes = cells(drizzle)
  drizzle.forEach((own, at) => {
    const shape = shapes[at]!
    expect(shape.length).toBeGreaterThan(2)
    expect(within(shape, own)).toBe(true)
    for (const corner of shape) {
      const to = (other: Point) => Math.hypot(corner[0] - other[0], corner[1] - other[1])
      expect(Math.min(...drizzle.map(to))).toBeGreaterThan(to(own) - 1e-6)
    }
  })
})

test('one place alone, two at one point: shapes all the same', () => {
  expect(cells([[0, 0]])[0]).toHaveLength(24)
  for (const shape of cells([[1, 1], [1, 1], [9, 9]])) expect(shape.length).toBeGreaterThan(2)
  expect(cells([])).toEqual([])
})

test('north is up, east is right, distances are kilometres', () => {
  const [south, north, east] = flat([spot(30, 108), spot(31, 108), spot(30, 109)]) as [Point, Point, Point]
  expect(north[1]).toBeLessThan(south[1])
  expect(east[0]).toBeGreaterThan(south[0])
  expect(Math.hypot(north[0] - south[0], north[1] - south[1])).toBeCloseTo(111.3, 0)
  expect(Math.abs(east[0] - south[0])).toBeLessThan(97)
})

test('the regions that counts cover: a municipality by its own code, a province by its prefecture', () => {
  const counts = { '500000': 9, '500101': 7, '500154': 2, '510000': 4, '511700': 4, '511702': 4, '110000': 1, '110105': 1 }
  expect(covered(counts)).toEqual(['110000', '500000', '511700'])
  expect(covered({})).toEqual([])
})
