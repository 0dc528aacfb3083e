/**
 * Lets a ring run on past 180° where it crosses that meridian, so that a flat map draws no line from one side to the
 * other. A ring around a pole, which then would not close, stays as it is.
 */
export function unwrap(ring: [number, number][]): void {
  let turn = 0;
  const turned = ring.map(([lon], at) => {
    const before = ring[at - 1]?.[0] ?? lon;
    if (lon - before > 180) turn -= 360;
    else if (lon - before < -180) turn += 360;
    return lon + turn;
  });
  if (turn !== 0) return;
  // To the east of 180° rather than to the west of it, where the rest of its country is.
  const shift = Math.min(...turned) < -180 ? 360 : 0;
  for (const [at, point] of ring.entries()) point[0] = (turned[at] as number) + shift;
}
