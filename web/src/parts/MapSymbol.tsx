import drawings from "virtual:symbols";
import type { Drawing, Part } from "../../drawing/symbols";

const SVG = "http://www.w3.org/2000/svg";

/** The drawing of a symbol identification code; of its bare frame where the page has none of its entity. */
export function drawingOf(sidc: string): Drawing {
  const key = sidc.slice(0, 16);
  const frame = sidc[3] === "4" ? "4" : "1";
  return (drawings[key] ??
    drawings[`${key.slice(0, 8)}00${key.slice(10)}`] ??
    drawings[`100${frame}100000000000`]) as Drawing;
}

/** The symbol as an SVG element filled with `colour`, `size` pixels to the side of its frame. */
export function symbolElement(sidc: string, colour: string, size: number): SVGSVGElement {
  const { box, parts } = drawingOf(sidc);
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", box.join(" "));
  svg.setAttribute("width", String(Math.round((size * box[2]) / 118)));
  svg.setAttribute("height", String(Math.round((size * box[3]) / 118)));
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("symbol");
  for (const part of parts) svg.append(partElement(part, colour));
  return svg;
}

function partElement([name, attributes, inner]: Part, colour: string): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes))
    element.setAttribute(key, value === "FILL" ? colour : value);
  if (typeof inner === "string") element.textContent = inner;
  else for (const part of inner ?? []) element.append(partElement(part, colour));
  return element;
}

/** The symbol within text. */
export function MapSymbol({ sidc, colour, size = 22 }: { sidc: string; colour: string; size?: number }) {
  const { box, parts } = drawingOf(sidc);
  return (
    <svg
      class="symbol"
      viewBox={box.join(" ")}
      width={Math.round((size * box[2]) / 118)}
      height={Math.round((size * box[3]) / 118)}
      aria-hidden="true"
    >
      {parts.map((part, at) => (
        <DrawnPart key={at} part={part} colour={colour} />
      ))}
    </svg>
  );
}

function DrawnPart({ part: [Name, attributes, inner], colour }: { part: Part; colour: string }) {
  const filled = Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => [key, value === "FILL" ? colour : value]),
  );
  const Element = Name as "g";
  return (
    <Element {...filled}>
      {typeof inner === "string"
        ? inner
        : inner?.map((part, at) => <DrawnPart key={at} part={part} colour={colour} />)}
    </Element>
  );
}
