import type { MapPicture } from "./mapPicture";

/** A chart with its title, and the colour of each of its voices. */
type ChartPicture = { kind: "chart"; svg: SVGSVGElement; title: string; voices: ReadonlyMap<string, string> };
export type Picture = MapPicture | ChartPicture;

/** Saves a picture of what is on screen as a file. */
export async function savePicture(picture: Picture, format: "png" | "svg", name: string): Promise<void> {
  const svg =
    picture.kind === "map" ? (await import("./mapPicture")).mapPicture(picture) : chartPicture(picture);
  const markup = new XMLSerializer().serializeToString(svg);
  const file = new Blob([markup], { type: "image/svg+xml" });
  if (format === "svg") return save(file, `${name}.svg`);
  const size = svg.viewBox.baseVal;
  save(await raster(file, size.width, size.height), `${name}.png`);
}

const SCALE = 2;

async function raster(file: Blob, width: number, height: number): Promise<Blob> {
  const address = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = width * SCALE;
    canvas.height = height * SCALE;
    const drawing = canvas.getContext("2d") as CanvasRenderingContext2D;
    drawing.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, fail) =>
      canvas.toBlob(
        (blob) => (blob ? done(blob) : fail(new Error("The picture is too large."))),
        "image/png",
      ),
    );
  } finally {
    URL.revokeObjectURL(address);
  }
}

function save(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

const KEPT = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "opacity",
  "fill-opacity",
  "font-size",
  "font-family",
  "font-weight",
  "text-anchor",
];

/** A copy that looks the same without the page's style sheet. */
function standalone(svg: SVGSVGElement): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const [from, to] = [
    [svg, ...svg.querySelectorAll("*")],
    [copy, ...copy.querySelectorAll("*")],
  ];
  for (const [at, element] of from.entries()) {
    const style = getComputedStyle(element);
    for (const name of KEPT) {
      const value = style.getPropertyValue(name);
      if (value) to[at]?.setAttribute(name, value);
    }
  }
  copy.removeAttribute("class");
  return copy;
}

const HEAD = 34;
const LINE = 18;

/** The chart with what stands around it on the page: its title, whose marks have which colour, what it rests on. */
function chartPicture({ svg, title, voices }: ChartPicture): SVGSVGElement {
  const shown = svg.viewBox.baseVal;
  const seen = svg.getBoundingClientRect();
  const [width, height] = [shown.width || seen.width, shown.height || seen.height];
  const style = getComputedStyle(document.documentElement);
  const ink = style.getPropertyValue("--ink").trim();
  const picture = make("svg", {}) as SVGSVGElement;
  let [left, down] = [12, HEAD + height + 14];
  const marks: SVGElement[] = [];
  for (const [voice, colour] of voices) {
    const wide = 24 + voice.length * 6.6;
    if (left > 12 && left + wide > width) [left, down] = [12, down + LINE];
    marks.push(
      make("circle", { cx: left + 4, cy: down - 4, r: 4, fill: colour }),
      words(voice, left + 13, down, ink),
    );
    left += wide;
  }
  const foot = down + LINE;
  const whole = foot + 10;
  for (const [name, value] of Object.entries({
    viewBox: `0 0 ${width} ${whole}`,
    width,
    height: whole,
    "font-family": "'IBM Plex Sans', 'Helvetica Neue', Arial, sans-serif",
    "font-size": 11,
  }))
    picture.setAttribute(name, String(value));
  const chart = standalone(svg);
  for (const [name, value] of Object.entries({ x: 0, y: HEAD, width, height }))
    chart.setAttribute(name, String(value));
  if (!shown.width) chart.setAttribute("viewBox", `0 0 ${width} ${height}`);
  const heading = words(title, 12, 21, ink);
  heading.setAttribute("font-size", "14");
  heading.setAttribute("font-weight", "600");
  picture.append(
    make("rect", { width, height: whole, fill: style.getPropertyValue("--surface").trim() }),
    heading,
    chart,
    ...marks,
    words("Statements read from texts, not findings. Garrison.", 12, foot, ink),
  );
  return picture;
}

function words(text: string, x: number, y: number, fill: string): SVGElement {
  const element = make("text", { x, y, fill });
  element.textContent = text;
  return element;
}

function make(name: string, attributes: Record<string, string | number>): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}
