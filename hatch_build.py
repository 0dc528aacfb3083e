"""Building: the gazetteer's places are packed for look-ups, and the web page is built with npm, where there is npm.

Without npm the page that was built before is packed; without one, the package has none, and says so here and at its
own address (``garrison serve``). ``GARRISON_PAGE=skip`` leaves npm alone, ``GARRISON_PAGE=require`` fails without a
page. An editable install takes the page that lies there.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PAGE = Path("src/garrison/server/page")
NAMING = Path("src/garrison/naming")


class GarrisonHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's own parameter, of no use here
    """Makes what the package has and Git does not keep: the packed places and the page built from ``web/``."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Pack the places and build the page, or say what is missing."""
        root = Path(self.root)
        if self.target_name == "wheel":
            packed = self._packed_places(root)
            if packed is not None and version != "editable":
                build_data["artifacts"].append(f"/{packed.relative_to(root)}")
        if version == "editable":
            return
        wanted = os.environ.get("GARRISON_PAGE", "")
        missing = "GARRISON_PAGE=skip" if wanted == "skip" else self._missing(root)
        if missing is None:
            self._build(root)
        if (root / PAGE / "index.html").is_file():
            build_data["artifacts"].append(f"/{PAGE}/**")
            if missing is not None:
                self.app.display_warning(f"the web page is packed as it was built before ({missing})")
        elif wanted == "require":
            raise SystemExit(f"the web page cannot be built: {missing}")
        else:
            self.app.display_warning(
                f"this package has no web page: {missing}; garrison serve will answer with its API alone. "
                "Install Node.js 20 or later with npm and build again to have it"
            )

    def _packed_places(self, root: Path) -> Path | None:
        """Where the packed places are written; ``None`` if they cannot be, and look-ups will read the slower file."""
        module = importlib.util.spec_from_file_location("gazetteer_packing", root / NAMING / "gazetteer_packing.py")
        if module is None or module.loader is None:
            return None
        packing = importlib.util.module_from_spec(module)
        module.loader.exec_module(packing)
        try:
            written: Path = packing.pack(root / NAMING / "reference" / "gazetteer.sqlite")
        except OSError as error:
            self.app.display_warning(f"the places of the gazetteer are not packed, look-ups will be slower: {error}")
            return None
        return written

    def _missing(self, root: Path) -> str | None:
        """What the page cannot be built for; ``None`` if nothing is missing."""
        if not (root / "web" / "package.json").is_file():
            return "web/ is not here"
        return None if shutil.which("npm") else "npm is not installed"

    def _build(self, root: Path) -> None:
        npm = shutil.which("npm") or "npm"
        web = root / "web"
        # Where a registry lacks a package that only other systems need, the exact install refuses, the plain one works.
        steps = ((("ci", "--no-audit", "--no-fund"), ("install", "--no-audit", "--no-fund")), (("run", "build"),))
        for ways in steps:
            if not any(self._ran(npm, words, web) for words in ways):
                if (root / PAGE / "index.html").is_file() or os.environ.get("GARRISON_PAGE") == "require":
                    raise SystemExit(
                        f"npm {' '.join(ways[-1])} failed in {web}; GARRISON_PAGE=skip leaves the page out"
                    )
                self.app.display_warning(f"npm {' '.join(ways[-1])} failed in {web}; the package has no web page")
                return

    def _ran(self, npm: str, words: tuple[str, ...], web: Path) -> bool:
        self.app.display_info(f"npm {' '.join(words)} (in web/)")
        return subprocess.run([npm, *words], cwd=web, check=False).returncode == 0  # noqa: S603 (our own words)
