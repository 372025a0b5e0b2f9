"""The compiled reading gives what the plain one gives, and is left aside when a source has changed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from geo.compiled import MANIFEST, compiled_folder, digest_of

ROOT = Path(__file__).resolve().parent.parent
GEO = ROOT / "geo"
BUILT = GEO / "_compiled" / "geo"
READ = """
import json, sys
from pathlib import Path
import geo.matching
from geo.gazetteer import open_gazetteer
from geo.mentions import find_mentions
from geo.places import place_mentions
from geo.reports import Report
from geo.theatre import load_theatre
gazetteer = open_gazetteer(load_theatre("karabakh-2020"))
print(type(find_mentions).__name__)
for path in sorted(Path("tests/gold").glob("*.jsonl")):
    for line in filter(None, path.read_text(encoding="utf-8").split("\\n")):
        gold = json.loads(line)
        report = Report(gold["id"], gold["text"], lang=gold["lang"])
        print(*place_mentions(report, find_mentions(report, gazetteer), gazetteer))
"""
needs_build = pytest.mark.skipif(not BUILT.is_dir(), reason="not compiled here (python setup.py compile)")


def read_all(**environment: str) -> tuple[str, str]:
    """How the functions are made, and every mention of the annotated texts."""
    done = subprocess.run(
        [sys.executable, "-c", READ],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    kind, _, mentions = done.stdout.partition("\n")
    return kind, mentions


@needs_build
def test_compiled_and_plain_reading_say_the_same() -> None:
    plain_kind, plain = read_all(CONTACTLINE_PLAIN="1", PYTHONIOENCODING="utf-8")
    kind, mentions = read_all(PYTHONIOENCODING="utf-8")
    assert plain_kind == "function"
    if json.loads((BUILT / MANIFEST).read_text())["modules"].items() <= digests().items():
        assert kind != "function"
    assert mentions == plain
    assert len(mentions) > 100_000


def digests() -> dict[str, str]:
    return {path.stem: digest_of(path) for path in GEO.glob("*.py")}


def test_a_changed_source_is_read_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "tags.py").write_text("A = 1\n")
    compiled = tmp_path / "_compiled" / "geo"
    compiled.mkdir(parents=True)
    manifest = {"shared": "no_such_library", "modules": {"tags": digest_of(tmp_path / "tags.py")}}
    (compiled / MANIFEST).write_text(json.dumps(manifest))
    assert compiled_folder("geo", tmp_path) is None  # made for another machine: the shared code is not there
    manifest["shared"] = "sys"
    (compiled / MANIFEST).write_text(json.dumps(manifest))
    assert compiled_folder("geo", tmp_path) == compiled
    assert compiled_folder("contactline.geo", tmp_path) is None
    (tmp_path / "tags.py").write_text("A = 2\n")
    assert compiled_folder("geo", tmp_path) is None
    shutil.rmtree(compiled)
    assert compiled_folder("geo", tmp_path) is None
