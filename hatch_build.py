"""Building: the web page is built with npm, where there is npm, before the wheel or the source archive is packed.

Without npm the page that was built before is packed; without one, the package has none, and says so here and at its
own address (``garrison serve``). ``GARRISON_PAGE=skip`` leaves npm alone, ``GARRISON_PAGE=require`` fails without a
page.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PAGE = Path("src/garrison/server/page")


class PageHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's own parameter, of no use here
    """Builds ``web/`` into the package and has it packed, although Git does not keep it."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the page, or say what is missing; an editable install takes what lies there."""
        if version == "editable":
            return
        root = Path(self.root)
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
