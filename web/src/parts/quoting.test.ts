import { expect, test } from "vitest";
import { codePointAt, marked } from "./quoting";

test("text is cut where marks begin and end", () => {
  expect(marked("one two three", 0, [{ start: 4, end: 7 }])).toEqual([
    { text: "one ", start: 0, end: 4, marks: [] },
    { text: "two", start: 4, end: 7, marks: [0] },
    { text: " three", start: 7, end: 13, marks: [] },
  ]);
});

test("offsets count code points, so that what stands outside the first plane moves nothing", () => {
  const pieces = marked("🚀🚀 two tanks", 0, [{ start: 3, end: 6 }]);
  expect(pieces.find((piece) => piece.marks.length)?.text).toBe("two");
});

test("an excerpt keeps the offsets of its document, and marks may overlap", () => {
  const pieces = marked("abcdef", 100, [
    { start: 101, end: 104 },
    { start: 103, end: 105 },
    { start: 0, end: 50 },
  ]);
  expect(pieces.map(({ text, marks }) => [text, marks])).toEqual([
    ["a", []],
    ["bc", [0]],
    ["d", [0, 1]],
    ["e", [1]],
    ["f", []],
  ]);
});

test("a selection's offsets are told in code points", () => {
  expect(codePointAt("🚀🚀 two tanks", "🚀🚀 two tanks".indexOf("two"))).toBe(3);
});
