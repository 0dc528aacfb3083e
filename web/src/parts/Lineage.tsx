import { documentPath, href } from "../address";
import type { LineageEntry } from "../api/shapes";
import { dateWords } from "../dates/words";
import { dotsAfter, dotsBefore } from "./words";

/** Other documents that share the words: copies are one voice. */
export function Lineage({ entries }: { entries: LineageEntry[] }) {
  if (!entries.length) return null;
  return (
    <section>
      <h2>
        Shares its words with <span class="count">{entries.length}</span>
      </h2>
      <ul class="plain-list">
        {entries.map((entry) => (
          <li key={entry.document}>
            <a href={href(documentPath(entry.document))}>{entry.title ?? "untitled document"}</a>{" "}
            <span class="muted">
              {entry.outlet ?? "outlet not stated"}
              {entry.published && `, ${dateWords(entry.published)}`}
            </span>
            {entry.words.slice(0, 3).map((words) => (
              <blockquote key={words} class="quote">
                <p>
                  {dotsBefore(words)}
                  {words}
                  {dotsAfter(words)}
                </p>
              </blockquote>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
