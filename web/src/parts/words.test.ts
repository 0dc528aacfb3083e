import { expect, test } from "vitest";
import { dotsAfter, dotsBefore, predicateWords, sentenceWords } from "./words";

test("what is there as a fact needs no verb, anything else has one in front", () => {
  const there = "Russia: present (fact): about 7,000 personnel in Tajikistan";
  expect(sentenceWords(there)).toBe("Russia: about 7,000 personnel in Tajikistan");
  const planned = "Russia: deploy (planned): up to 6,000 personnel to Tajikistan";
  expect(sentenceWords(planned)).toBe("Russia · is to be sent: up to 6,000 personnel to Tajikistan");
  expect(predicateWords(planned)).toBe("is to be sent: up to 6,000 personnel to Tajikistan");
});

test("that no size is stated is said once, and not of what is only there", () => {
  const there = "Russia: present (fact): bases in Tajikistan (is there; size not stated)";
  expect(sentenceWords(there)).toBe("Russia: bases in Tajikistan");
  const left = "United States: withdraw (fact): personnel out of Afghanistan (leaves; size not stated)";
  expect(sentenceWords(left)).toBe("United States · leaves: personnel out of Afghanistan (size not stated)");
});

test("dots tell that a sentence goes on beyond the words shown", () => {
  expect(dotsBefore("Russia has sent about 2,400 soldiers")).toBe("");
  expect(dotsBefore("“We let them in”, an officer said")).toBe("");
  expect(dotsBefore("sent about 2,400 soldiers")).toBe("… ");
  expect(dotsAfter(" since the beginning of the month.")).toBe("");
  expect(dotsAfter(" that they would stay")).toBe(" …");
});
