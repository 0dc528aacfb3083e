/** Something with a place on the screen. */
export type Spot<T> = { x: number; y: number; item: T };
/** Spots that stand so close that their symbols would lie on one another, and where the first of them stands. */
export type Crowd<T> = { x: number; y: number; items: T[] };

/** How far apart pins stand at least, in pixels: some three symbols wide, and one with its name high. */
export const APART = { x: 92, y: 56 };
/** Where the whole world is to be seen, a pin has one symbol, and a name where there is room. */
const CLOSE = { x: 58, y: 38 };
const WORLDWIDE = 3.5;

/** How far apart pins stand at a zoom, and how many symbols one has room for. */
export const spacing = (zoom: number) =>
  zoom < WORLDWIDE ? { apart: CLOSE, room: 1 } : { apart: APART, room: 3 };

/** A name under a pin: where its pin stands, in pixels, and its text. */
type Label = { x: number; y: number; text: string };

const LETTER = 6.3;
const LABEL = { most: 176, top: 12, bottom: 28 };
const PIN = { x: 30, y: 14 };
const EDGE = 4;

/**
 * How far to the side a name under a pin at `x` is moved, in pixels, so that a map of this width shows all of it; never
 * so far that it leaves its pin, and not at all where the pin is not to be seen.
 */
export function nudge(x: number, text: string, width: number): number {
  if (x < 0 || x > width) return 0;
  const half = Math.min(LABEL.most, text.length * LETTER) / 2;
  if (x - half < EDGE) return Math.min(EDGE - (x - half), half);
  if (x + half > width - EDGE) return Math.max(width - EDGE - (x + half), -half);
  return 0;
}

/** Which of the names have room: none lies on another's, or on another's pin; what comes first goes first. */
export function legible(labels: readonly Label[]): boolean[] {
  const taken: { left: number; right: number; top: number; bottom: number }[] = [];
  const pins = labels.map(({ x, y }) => ({
    left: x - PIN.x,
    right: x + PIN.x,
    top: y - PIN.y,
    bottom: y + PIN.y - 4,
  }));
  return labels.map(({ x, y, text }, at) => {
    const half = Math.min(LABEL.most, text.length * LETTER) / 2;
    const box = { left: x - half, right: x + half, top: y + LABEL.top, bottom: y + LABEL.bottom };
    const meets = (other: typeof box) =>
      box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom;
    if (taken.some(meets) || pins.some((pin, other) => other !== at && meets(pin))) return false;
    taken.push(box);
    return true;
  });
}

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
