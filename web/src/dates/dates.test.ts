import { expect, test } from "vitest";
import { bars, position, stops, yearMarks } from "./stops";
import { ageWords, dateWords, daysBetween, isDate, periodWords } from "./words";

test("dates are said as far as they are known", () => {
  expect(["2021-08-07", "2021-08", "2021", "2026-11-29T17:30:00+00:00"].map(dateWords)).toEqual([
    "7 August 2021",
    "August 2021",
    "2021",
    "29 November 2026",
  ]);
  expect(dateWords(null)).toBe("");
  expect(dateWords("2021-13-45")).toBe("2021-13-45");
});

test("periods join what they share", () => {
  expect(periodWords("2021-07-06", "2021-07-10")).toBe("6–10 July 2021");
  expect(periodWords("2020-12-01", "2021-02-28")).toBe("1 December 2020 – 28 February 2021");
  expect(periodWords("2021", "2021")).toBe("2021");
  expect(periodWords(null, "2017-12-31")).toBe("until 31 December 2017");
});

test("ages are said in the unit that fits", () => {
  expect([1, 20, 28, 400, 2100].map(ageWords)).toEqual([
    "1 day",
    "20 days",
    "4 weeks",
    "13 months",
    "5 years",
  ]);
  expect(daysBetween("2021-07-10", "2021-08-07")).toBe(28);
});

test("only days that exist are dates", () => {
  expect(["2021", "2021-07", "2021-07-31"].every(isDate)).toBe(true);
  expect(["2021-02-30", "2021-13", "yesterday", "", "21-07-01"].some(isDate)).toBe(false);
});

test("a slider stops where something changed, on the chosen day and today", () => {
  const all = stops(
    [
      { day: "2021-07-10", claims: 2 },
      { day: "2021-07", claims: 1 },
    ],
    "2021-07-12",
    "2026-01-01",
  );
  expect(all.map((stop) => stop.day)).toEqual(["2021-07-01", "2021-07-10", "2021-07-12", "2026-01-01"]);
  expect(position(all, "2021-07-12")).toBe(2);
  expect(position(all, "2021-07-11")).toBe(1);
  expect(position(all, "1999")).toBe(0);
});

test("of very many stops a bar stands for several, and none of their claims is left out", () => {
  const many = Array.from({ length: 5000 }, (_, at) => ({
    day: new Date(Date.UTC(2010, 0, 1 + at)).toISOString().slice(0, 10),
    claims: at < 2500 ? 1 : 0,
  }));
  const drawn = bars(stops(many, "2010-01-01", "2024-01-01"));
  const places = [...drawn.matchAll(/M([\d.]+) 20v/g)].map(([, at]) => Number(at));
  expect(places.length).toBeGreaterThan(40);
  expect(places.length).toBeLessThan(60);
  expect(Math.max(...places)).toBeLessThan(2530);
});

test("bars stand where claims begin, and years are marked where they do not touch", () => {
  const all = stops(
    [
      { day: "2020-01-05", claims: 5 },
      { day: "2021-01-05", claims: 1 },
    ],
    "2021-06-01",
    "2022-01-01",
  );
  expect(bars(all).match(/M/g)).toHaveLength(2);
  expect(yearMarks(all, 1).map((mark) => mark.year)).toEqual(["2020", "2021", "2022"]);
  const crowded = stops(
    ["2015-01-01", "2021-07-01", "2021-07-02", "2021-07-03", "2021-07-04"].map((day) => ({ day, claims: 1 })),
    "2021-07-02",
    "2026-01-01",
  );
  expect(yearMarks(crowded, 2)).toEqual([
    { at: 1, year: "2021" },
    { at: 5, year: "2026" },
  ]);
});
