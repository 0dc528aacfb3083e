import { expect, test } from "vitest";
import { crowds, legible, nudge } from "./crowding";

const SQUARE = { x: 40, y: 40 };

const spot = (x: number, y: number, item: string) => ({ x, y, item });

test("what stands apart stays apart, what crowds is grouped where the first of it stands", () => {
  const found = crowds([spot(0, 0, "a"), spot(10, 5, "b"), spot(200, 0, "c")], SQUARE);
  expect(found).toEqual([
    { x: 0, y: 0, items: ["a", "b"] },
    { x: 200, y: 0, items: ["c"] },
  ]);
});

test("a spot on the other side of a cell's edge joins the nearest group", () => {
  const found = crowds([spot(39, 0, "a"), spot(70, 0, "b"), spot(45, 0, "c")], SQUARE);
  expect(found.map((crowd) => crowd.items)).toEqual([["a", "b", "c"]]);
  const two = crowds([spot(0, 0, "a"), spot(60, 0, "b"), spot(35, 0, "c")], SQUARE);
  expect(two.map((crowd) => crowd.items)).toEqual([["a"], ["b", "c"]]);
});

test("nothing is lost among many", () => {
  const many = Array.from({ length: 2000 }, (_, i) => spot((i * 37) % 900, (i * 91) % 500, String(i)));
  const items = crowds(many).flatMap((crowd) => crowd.items);
  expect(new Set(items).size).toBe(2000);
});

test("pins are wider than high: beside each other they crowd sooner", () => {
  const wide = { x: 90, y: 50 };
  expect(crowds([spot(0, 0, "a"), spot(70, 0, "b")], wide)).toHaveLength(1);
  expect(crowds([spot(0, 0, "a"), spot(0, 70, "b")], wide)).toHaveLength(2);
});

test("a name is written where it lies on no other name and on no other pin", () => {
  const label = (x: number, y: number) => ({ x, y, text: "Central African Republic" });
  expect(legible([label(100, 100), label(160, 100), label(400, 100)])).toEqual([true, false, true]);
  expect(legible([label(100, 100), label(110, 122)])).toEqual([false, true]);
});

test("a name at the map's edge is moved inwards as far as it has to be, and stays at its pin", () => {
  const name = "Tajikistan";
  expect(nudge(180, name, 360)).toBe(0);
  expect(nudge(10, name, 360)).toBeCloseTo(25.5);
  expect(nudge(350, name, 360)).toBeCloseTo(-25.5);
  expect(nudge(0, "Hamid Karzai International Airport, Kabul", 360)).toBe(88);
  expect(nudge(-5, name, 360)).toBe(0);
});
