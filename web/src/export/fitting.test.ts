import { expect, test } from "vitest";
import { fitting } from "./fitting";

test("a line that fits keeps its size", () => expect(fitting("Forces", 14, 800)).toBe(14));

test("a line that a narrow map would cut is made smaller", () => {
  const size = fitting("Forces as of 7 August 2021, as known on 30 November 2026", 14, 308);
  expect(size).toBeLessThan(10);
  expect(size).toBeGreaterThan(8);
});
