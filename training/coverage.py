"""How many annotated claims and fields the candidates cover: ``python training/coverage.py FILE.jsonl …``."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from alignment import read, truths_of
from garrison.extraction.grammar.scene import scene_of
from garrison.extraction.learned.candidates import Role, anchors_of, options_of


def main() -> None:
    """Prints a line per file."""
    for name in sys.argv[1:]:
        claims = lost = lessons = 0
        unknown: Counter[Role] = Counter()
        for row in read(Path(name)):
            scene = scene_of(row["text"], row.get("title"), row.get("published"), row.get("outlet"))
            options = {role: options_of(scene, role) for role in Role}
            truths, missed = truths_of(row["text"], row["claims"], anchors_of(scene), options)
            claims += len(row["claims"])
            lost += missed
            lessons += len(truths)
            unknown.update(role for truth in truths for role in Role if role not in truth.choices)
        fields = "  ".join(f"{role.value} {1 - unknown[role] / max(1, lessons):.3f}" for role in Role)
        print(f"{name}: {claims} claims, {1 - lost / max(1, claims):.3f} with an anchor; fields known: {fields}")


if __name__ == "__main__":
    main()
