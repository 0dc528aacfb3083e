/** Something with a place on the screen. */
export type Spot<T> = { x: number; y: number; item: T };
/** Spots that stand so close that their symbols would lie on one another, and where the first of them stands. */
export type Crowd<T> = { x: number; y: number; items: T[] };

/** How far apart pins stand at least, in pixels: some three symbols wide, and one with its name high. */
export const APART = { x: 92, y: 56 };

/**
 * Groups spots that are nearer than `apart` pixels to the first of a group, in the order given: what comes first keeps
 * its place. Runs in the number of spots, through a grid of cells `apart` wide and high.
 */
export function crowds<T>(spots: readonly Spot<T>[], apart: { x: number; y: number } = APART): Crowd<T>[] {
  const found: Crowd<T>[] = [];
  const cells = new Map<string, Crowd<T>[]>();
  for (const { x, y, item } of spots) {
    const column = Math.floor(x / apart.x);
    const line = Math.floor(y / apart.y);
    let home: Crowd<T> | undefined;
    let nearest = 1;
    for (let i = column - 1; i <= column + 1; i++)
      for (let j = line - 1; j <= line + 1; j++)
        for (const crowd of cells.get(`${i}/${j}`) ?? []) {
          const distance = ((crowd.x - x) / apart.x) ** 2 + ((crowd.y - y) / apart.y) ** 2;
          if (distance < nearest) {
            nearest = distance;
            home = crowd;
          }
        }
    if (home) {
      home.items.push(item);
      continue;
    }
    const crowd = { x, y, items: [item] };
    found.push(crowd);
    const key = `${column}/${line}`;
    const cell = cells.get(key);
    if (cell) cell.push(crowd);
    else cells.set(key, [crowd]);
  }
  return found;
}
