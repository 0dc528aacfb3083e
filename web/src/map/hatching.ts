const SVG = "http://www.w3.org/2000/svg";

/** The pattern that contested areas are filled with; its lines take their colour from the style sheet. */
export function hatchDefinition(document: Document, colour?: string): SVGDefsElement {
  const defs = document.createElementNS(SVG, "defs");
  const pattern = document.createElementNS(SVG, "pattern");
  for (const [key, value] of Object.entries({
    id: "hatch",
    width: "7",
    height: "7",
    patternUnits: "userSpaceOnUse",
    patternTransform: "rotate(45)",
  }))
    pattern.setAttribute(key, value);
  // A faint ground, by which small areas are seen between the lines.
  const ground = document.createElementNS(SVG, "path");
  ground.setAttribute("d", "M0 0H7V7H0Z");
  ground.setAttribute("class", "hatch-ground");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", "M0 0V7");
  line.setAttribute("class", "hatch-line");
  line.setAttribute("stroke-width", "1.6");
  if (colour) {
    line.setAttribute("stroke", colour);
    ground.setAttribute("fill", colour);
    ground.setAttribute("fill-opacity", "0.12");
  }
  pattern.append(ground, line);
  defs.append(pattern);
  return defs;
}
