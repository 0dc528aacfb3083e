import type { Params } from "../api/asking";
import { question } from "../api/asking";

const NAMES: Record<string, string> = {
  csv: "CSV",
  geojson: "GeoJSON",
  json: "JSON",
  "csl.json": "citations (CSL-JSON)",
  txt: "footnotes",
};

/** Files of what is on screen. */
export function Downloads({
  what,
  formats,
  params,
  pictures,
}: {
  what: "rows" | "claims" | "units";
  formats: string[];
  params: Params;
  pictures?: (format: "png" | "svg") => void;
}) {
  return (
    <p class="downloads">
      <span class="muted">Download {what === "rows" ? "forces" : what}</span>
      {formats.map((format) => (
        <a key={format} href={question(`/download/${what}.${format}`, params)} download>
          {NAMES[format] ?? format}
        </a>
      ))}
      {pictures && (
        <>
          <span class="muted">the map</span>
          <button type="button" class="link" onClick={() => pictures("svg")}>
            SVG
          </button>
          <button type="button" class="link" onClick={() => pictures("png")}>
            PNG
          </button>
        </>
      )}
    </p>
  );
}
