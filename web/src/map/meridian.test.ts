import { expect, test } from "vitest";
import { unwrap } from "./meridian";

test("a ring across 180° runs on to the east", () => {
  const east: [number, number][] = [
    [170, 60],
    [179, 65],
    [-175, 66],
    [-170, 64],
    [179, 62],
    [170, 60],
  ];
  unwrap(east);
  expect(east.map(([lon]) => lon)).toEqual([170, 179, 185, 190, 179, 170]);
  const west: [number, number][] = [
    [-175, 66],
    [179, 65],
    [-176, 62],
    [-175, 66],
  ];
  unwrap(west);
  expect(west.map(([lon]) => lon)).toEqual([185, 179, 184, 185]);
});

test("a ring around a pole and a ring elsewhere stay as they are", () => {
  const pole: [number, number][] = [
    [-180, -80],
    [-60, -75],
    [60, -75],
    [170, -78],
    [-180, -80],
  ];
  const before = structuredClone(pole);
  unwrap(pole);
  expect(pole).toEqual(before);
});
