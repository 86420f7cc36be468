#!/usr/bin/env python3
"""Write `ontology/context.jsonld` from the ontology; a test holds it to be current.

python docs/generate_jsonld_context.py
"""

from __future__ import annotations

import json

from keiretsu.resources import ontology_path
from keiretsu.store.syntax.jsonld import build_context

if __name__ == "__main__":
    text = json.dumps({"@context": build_context()}, indent=1, ensure_ascii=False)
    ontology_path("context.jsonld").write_text(text + "\n", encoding="utf-8")
