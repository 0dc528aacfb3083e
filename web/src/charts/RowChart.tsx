import { useEffect, useRef, useState } from "preact/hooks";
import { claimPath, href } from "../address";
import { question } from "../api/asking";
import type { Series } from "../api/shapes";
import { useAnswer } from "../api/useAnswer";
import { dateWords } from "../dates/words";
import { savePicture } from "../export/saving";
import { ErrorBox, Loading } from "../parts/states";
import { isDark, onTheme } from "../parts/theme";
import { percent } from "../parts/words";
import { HEDGES, voiceColours } from "./voices";

type Props = {
  id: string;
  title: string;
  asOf: string;
  times: Record<string, string | null>;
  height?: number;
  compact?: boolean;
};

/** A row's chart; it is asked for once it comes into sight. */
export function RowChart({ id, title, asOf, times, height = 260, compact }: Props) {
  const holder = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLDivElement>(null);
  const [seen, see] = useState(false);
  const [empty, setEmpty] = useState(false);
  const [dark, setDark] = useState(isDark());
  const [width, setWidth] = useState(0);
  const answer = useAnswer<Series>(seen ? question("/row/series", { id, ...times }) : null);
  const series = answer.value;

  useEffect(() => onTheme(() => setDark(isDark())), []);
  useEffect(() => {
    const element = holder.current as HTMLElement;
    const sight = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && see(true),
      {
        rootMargin: "200px",
      },
    );
    sight.observe(element);
    const size = new ResizeObserver(() => setWidth(Math.round(element.clientWidth)));
    size.observe(element);
    return () => {
      sight.disconnect();
      size.disconnect();
    };
  }, []);
  // A change of the theme draws anew.
  useEffect(() => {
    if (!series || !width) return;
    let gone = false;
    import("./rowChart").then(({ rowChart }) => {
      if (gone) return;
      const svg = rowChart(series, { width, height, asOf, title });
      setEmpty(!svg);
      canvas.current?.replaceChildren(...(svg ? [svg] : []));
    });
    return () => {
      gone = true;
    };
  }, [series, width, height, asOf, title, dark]);

  const colours = series ? voiceColours(series.marks) : new Map<string, string>();
  const save = (format: "png" | "svg") => {
    const svg = canvas.current?.querySelector("svg");
    if (svg)
      savePicture(
        { kind: "chart", svg, title, voices: colours },
        format,
        `garrison-${id.replace(/[^\w-]+/g, "-")}`,
      );
  };
  return (
    <figure class={`chart${compact ? " chart-compact" : ""}`} ref={holder}>
      {answer.error && <ErrorBox error={answer.error} again={answer.again} />}
      {seen && !series && !answer.error && <Loading lines={5} />}
      {empty && <p class="muted">There is nothing to draw: no claim states a number or a day.</p>}
      <div
        ref={canvas}
        class="chart-canvas"
        style={{ minHeight: seen && (!series || empty) ? undefined : `${height}px` }}
      />
      {series && !empty && (
        <figcaption>
          <ul class="chart-voices">
            {[...colours].map(([voice, colour]) => (
              <li key={voice}>
                <span class="dot" style={{ background: colour }} aria-hidden="true" /> {voice}
              </li>
            ))}
          </ul>
          {!compact && (
            <p class="muted">
              Band: the estimate's 90 % interval, line: its median. Marks:{" "}
              {HEDGES.map(([hedge, mark]) => `${mark} ${hedge.replace("_", " ")}`).join(", ")}. Dotted ring:
              disputed or outlying. Dashed line: {dateWords(asOf)}.{" "}
              <button type="button" class="link" onClick={() => save("svg")}>
                SVG
              </button>{" "}
              <button type="button" class="link" onClick={() => save("png")}>
                PNG
              </button>
            </p>
          )}
          {!compact && <MarksTable series={series} />}
        </figcaption>
      )}
    </figure>
  );
}

/** The same as the chart, as a table. */
function MarksTable({ series }: { series: Series }) {
  return (
    <details>
      <summary>The chart as a table</summary>
      <div class="table-holder">
        <table class="plain">
          <thead>
            <tr>
              <th scope="col">Day</th>
              <th scope="col">Stated</th>
              <th scope="col">Voice</th>
              <th scope="col" class="number">
                Counts
              </th>
              <th scope="col" class="number">
                True as said
              </th>
            </tr>
          </thead>
          <tbody>
            {series.marks.map((mark) => (
              <tr key={mark.claim}>
                <td>{dateWords(mark.day)}</td>
                <td>
                  <a href={href(claimPath(mark.claim))}>{mark.words}</a>
                </td>
                <td>{mark.voice}</td>
                <td class="number">{percent(mark.weight)}</td>
                <td class="number">{mark.holds === null ? "–" : percent(mark.holds)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {series.points.length > 0 && (
        <div class="table-holder">
          <table class="plain">
            <thead>
              <tr>
                <th scope="col">Day</th>
                <th scope="col" class="number">
                  5 %
                </th>
                <th scope="col" class="number">
                  Median
                </th>
                <th scope="col" class="number">
                  95 %
                </th>
                <th scope="col" class="number">
                  There
                </th>
              </tr>
            </thead>
            <tbody>
              {series.points.map((point) => (
                <tr key={point.day}>
                  <td>{dateWords(point.day)}</td>
                  {[point.low, point.median, point.high].map((value, at) => (
                    <td key={at} class="number">
                      {value === null ? "–" : value.toLocaleString("en")}
                    </td>
                  ))}
                  <td class="number">{percent(point.presence)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}
