import { expect, test } from "vitest";
import { short, shortBounds } from "./figures";

test("numbers are cut short only where they are long", () => {
  expect([900, 7000, 12_500, 150_000, 2_400_000].map(short)).toEqual([
    "900",
    "7,000",
    "12.5k",
    "150k",
    "2.4M",
  ]);
});

test("open bounds stay open", () => {
  expect(shortBounds(4000, null)).toBe("≥ 4,000");
  expect(shortBounds(null, 900)).toBe("≤ 900");
  expect(shortBounds(5000, 7000)).toBe("5,000–7,000");
  expect(shortBounds(3, 3)).toBe("3");
  expect(shortBounds(null, null)).toBe("");
});
