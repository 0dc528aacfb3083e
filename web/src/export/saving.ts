import type { MapPicture } from "./mapPicture";

export type Picture = MapPicture | { kind: "chart"; svg: SVGSVGElement };

/** Saves a picture of what is on screen as a file. */
export async function savePicture(picture: Picture, format: "png" | "svg", name: string): Promise<void> {
  const svg =
    picture.kind === "map" ? (await import("./mapPicture")).mapPicture(picture) : standalone(picture.svg);
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
  const { width, height } = svg.getBoundingClientRect();
  if (!copy.getAttribute("viewBox")) copy.setAttribute("viewBox", `0 0 ${width} ${height}`);
  const size = svg.viewBox.baseVal;
  copy.setAttribute("width", String(size.width || width));
  copy.setAttribute("height", String(size.height || height));
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  ground.setAttribute("width", "100%");
  ground.setAttribute("height", "100%");
  ground.setAttribute("fill", getComputedStyle(document.body).backgroundColor);
  copy.prepend(ground);
  return copy;
}
