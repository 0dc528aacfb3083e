import type { Params } from "../api/asking";
import { question } from "../api/asking";

const NAMES: Record<string, string> = {
  csv: "CSV",
  geojson: "GeoJSON",
  json: "JSON",
  "csl.json": "citations (CSL-JSON)",
  txt: "footnotes",
};

const WHAT: Record<string, string> = { rows: "forces", disputes: "claims in dispute" };

/** What claims can be had as. */
export const CLAIM_FILES = ["csv", "geojson", "csl.json", "txt"];

/** Files of what is on screen. */
export function Downloads({
  what,
  formats,
  params,
  pictures,
}: {
  what: "rows" | "claims" | "units" | "moves" | "disputes";
  formats: string[];
  params: Params;
  pictures?: (format: "png" | "svg") => void;
}) {
  return (
    <p class="downloads">
      <span class="muted">Download {WHAT[what] ?? what}</span>
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
