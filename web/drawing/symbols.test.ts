import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { drawings } from "./symbols";

const drawn = drawings();

test("every class of force has its drawing in both frames, present and planned", () => {
  const table = readFileSync(
    `${import.meta.dirname}/../../src/garrison/naming/reference/symbols.csv`,
    "utf8",
  );
  const classes = table.split("\n").filter((line) => /^[a-z_]+,\d\d,\d{6}$/.test(line.trim()));
  expect(classes).toHaveLength(16);
  for (const line of classes) {
    const [, set, entity] = line.trim().split(",");
    for (const frame of ["1", "4"])
      for (const status of ["0", "1"]) expect(drawn).toHaveProperty(`100${frame}${set}${status}000${entity}`);
  }
});

test("the frame takes the actor's colour, and a formation its echelon", () => {
  const [frame] = drawn["1004100000000000"]?.parts ?? [];
  expect(frame?.[1].fill).toBe("FILL");
  expect(drawn["1004100018000000"]?.parts.length).toBeGreaterThan(
    drawn["1004100000000000"]?.parts.length ?? 9,
  );
});

test("letters within a symbol are kept", () => {
  expect(JSON.stringify(drawn["1004010000110104"])).toContain('"F"');
});
