"""What the app's own manifest asks for: its scopes, the events it subscribes to, and the links it unfurls."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

MANIFEST: dict[str, Any] = yaml.safe_load(
    (Path(__file__).resolve().parents[3] / "app_manifest.yml").read_text(encoding="utf-8")
)
