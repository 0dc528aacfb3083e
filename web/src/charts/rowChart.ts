import * as Plot from "@observablehq/plot";
import type { Series, SeriesMark } from "../api/shapes";
import { dateWords } from "../dates/words";
import { percent } from "../parts/words";
import { voiceColours } from "./voices";

const date = (day: string) =>
  new Date(
    `${day.length === 4 ? `${day}-01-01` : day.length === 7 ? `${day}-01` : day.slice(0, 10)}T00:00:00Z`,
  );

type Options = { width: number; height: number; asOf: string; title: string };

/**
 * A row through time: the estimate's interval as a band with its median, and each claim as a mark in the shape of its
 * hedge and the colour of its voice. Returns `null` where there is nothing to draw.
 */
export function rowChart(series: Series, { width, height, asOf, title }: Options): SVGSVGElement | null {
  const [from, to] = [date(series.from), date(series.to > asOf ? series.to : asOf)];
  const points = series.points
    .filter((point) => point.median !== null)
    .map((point) => ({ ...point, date: date(point.day) }));
  const shown = series.marks.filter((mark) => date(mark.day) >= from && date(mark.day) <= to);
  const sized = shown.filter((mark) => mark.low !== null || mark.high !== null);
  const marks = sized.map((mark) => ({ ...mark, date: date(mark.day), y: mark.high ?? mark.low }));
  const silent = shown
    .filter((mark) => mark.low === null && mark.high === null)
    .map((mark) => ({ ...mark, date: date(mark.day) }));
  if (!points.length && !marks.length && !silent.length) return null;
  const colours = voiceColours(series.marks);
  const colour = (mark: SeriesMark) => colours.get(mark.voice) ?? "currentColor";
  const faint = (mark: SeriesMark) => (mark.part || mark.status !== "fact" ? 0.45 : 1);
  const words = (mark: SeriesMark) =>
    [
      `${mark.words}, ${dateWords(mark.day)}`,
      mark.voice,
      mark.status === "fact" ? "" : mark.status,
      mark.part ? "speaks of a part" : "",
      mark.outlying ? "made improbable by the rest" : "",
      mark.holds === null ? "" : `true as said: ${percent(mark.holds)}`,
    ]
      .filter(Boolean)
      .join("\n");
  const top = Math.max(
    1,
    ...points.map((point) => point.high ?? 0),
    ...marks.map((mark) => mark.high ?? (mark.low ?? 0) * 1.15),
  );
  const of = (...hedges: string[]) => marks.filter((mark) => hedges.includes(mark.hedge ?? "exact"));
  const common = { x: "date", y: "y", stroke: colour, strokeOpacity: faint, strokeWidth: 1.8 } as const;
  const svg = Plot.plot({
    width,
    height,
    marginLeft: 56,
    marginRight: 16,
    marginBottom: 34,
    className: "row-chart",
    ariaLabel: title,
    style: {},
    x: { type: "utc", label: null, domain: [from, to] },
    y: {
      label: null,
      domain: [0, top * 1.08],
      grid: true,
      ticks: 5,
      tickFormat: (value: number) => value.toLocaleString("en"),
    },
    marks: [
      Plot.areaY(points, {
        x: "date",
        y1: "low",
        y2: "high",
        className: "band",
        fill: "currentColor",
        fillOpacity: 0.13,
        curve: "monotone-x",
      }),
      Plot.lineY(points, {
        x: "date",
        y: "median",
        className: "median",
        stroke: "currentColor",
        strokeOpacity: 0.55,
        strokeWidth: 1.5,
        curve: "monotone-x",
      }),
      Plot.ruleX([date(asOf)], { stroke: "currentColor", strokeOpacity: 0.5, strokeDasharray: "3 3" }),
      // Open bounds reach to where they may: down from "up to", up from "at least".
      Plot.ruleX(of("at_most"), {
        x: "date",
        y1: 0,
        y2: "high",
        stroke: colour,
        strokeOpacity: 0.25,
        strokeWidth: 1.5,
      }),
      Plot.ruleX(of("at_least"), {
        x: "date",
        y1: "low",
        y2: top * 1.08,
        stroke: colour,
        strokeOpacity: 0.25,
        strokeWidth: 1.5,
      }),
      Plot.ruleX(
        marks.filter((mark) => mark.low !== null && mark.high !== null && mark.low !== mark.high),
        {
          x: "date",
          y1: "low",
          y2: "high",
          stroke: colour,
          strokeOpacity: faint,
          strokeWidth: 4,
        },
      ),
      Plot.dot(of("exact"), {
        ...common,
        symbol: "circle",
        r: 5,
        fill: colour,
        fillOpacity: faint,
        title: words,
      }),
      Plot.dot(of("about"), { ...common, symbol: "circle", r: 5, fill: "var(--surface)", title: words }),
      Plot.dot(of("at_least"), {
        ...common,
        symbol: "triangle",
        r: 5.5,
        fill: colour,
        fillOpacity: faint,
        title: words,
      }),
      Plot.dot(of("at_most"), {
        ...common,
        symbol: "triangle",
        rotate: 180,
        r: 5.5,
        fill: colour,
        fillOpacity: faint,
        title: words,
      }),
      Plot.dot(of("range"), { ...common, symbol: "diamond", r: 4, fill: colour, title: words }),
      Plot.dot(of("vague"), { ...common, symbol: "square", r: 4.5, fill: "var(--surface)", title: words }),
      Plot.dot(
        marks.filter((mark) => mark.disputed || mark.outlying),
        {
          x: "date",
          y: "y",
          r: 9,
          stroke: "var(--bad)",
          strokeWidth: 1.2,
          strokeDasharray: "2 2",
          fill: "none",
        },
      ),
      Plot.tickX(silent, {
        x: "date",
        y: null,
        stroke: colour,
        strokeWidth: 2,
        insetTop: height - 34 - 20 - 12,
        title: words,
      }),
    ],
  }) as SVGSVGElement;
  // The page's policy allows no style within the page: what Plot would say there stands in the style sheet.
  for (const style of svg.querySelectorAll("style")) style.remove();
  // The picture has one name; its parts, which have no role, may not have their own.
  for (const part of svg.querySelectorAll("[aria-label]")) part.removeAttribute("aria-label");
  svg.setAttribute("role", "img");
  return svg;
}
