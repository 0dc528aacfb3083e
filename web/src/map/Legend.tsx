import type { ActorRef } from "../api/shapes";
import { actorColour } from "../parts/colours";
import { MapSymbol } from "../parts/MapSymbol";

const SHOWN = 10;

/** What the marks on the map mean. */
export function Legend({ actors }: { actors: { actor: ActorRef; forces: number }[] }) {
  return (
    <details class="legend">
      <summary>Legend</summary>
      <div class="legend-body">
        <ul class="legend-actors">
          {actors.slice(0, SHOWN).map(({ actor }) => (
            <li key={actor.id}>
              <span class="dot" style={{ background: actorColour(actor.id) }} /> {actor.name}
            </li>
          ))}
          {actors.length > SHOWN && <li class="muted">and {actors.length - SHOWN} more</li>}
        </ul>
        <ul>
          <li>
            <MapSymbol sidc="10041000000000000000" colour="#dfe3e6" size={18} /> a state's force (neutral
            frame of APP-6)
          </li>
          <li>
            <MapSymbol sidc="10011000000000000000" colour="#dfe3e6" size={18} /> another's (unknown frame);
            frames take no side, and an empty one is troops or a unit of no stated arm
          </li>
          <li>
            <span class="pin-symbol is-disputed">
              <MapSymbol sidc="10041000000000000000" colour="#dfe3e6" size={16} />
            </span>{" "}
            disputed
          </li>
          <li>
            <span class="pin-symbol is-old">
              <MapSymbol sidc="10041000000000000000" colour="#dfe3e6" size={16} />
            </span>{" "}
            last cited more than a year before
          </li>
          <li>
            <span class="pin-move arrival">↘</span> arrived, <span class="pin-move departure">↗</span> left
            within three months
          </li>
          <li>
            <span class="legend-area" /> somewhere within the circle; a tinted country or a box around
            symbols: somewhere in it
          </li>
          <li>
            <svg width="26" height="14" aria-hidden="true">
              <defs>
                <pattern
                  id="legend-hatch"
                  width="7"
                  height="7"
                  patternUnits="userSpaceOnUse"
                  patternTransform="rotate(45)"
                >
                  <path d="M0 0H7V7H0Z" class="hatch-ground" />
                  <path d="M0 0V7" class="hatch-line" stroke-width="1.6" />
                </pattern>
              </defs>
              <rect width="26" height="14" fill="url(#legend-hatch)" />
            </svg>{" "}
            contested (round: of rough reach): rows count it to the state that the United Nations does
          </li>
        </ul>
      </div>
    </details>
  );
}
