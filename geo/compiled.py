"""The compiled reading: machine code made from modules of this folder (setup.py), used as long as both are the same.

A package path is searched in order, so a folder of compiled modules before the others is all it takes. Each module is
compiled under one name only, so there is a folder for each name of the package (`geo`, `contactline.geo`).
"""

from __future__ import annotations

import hashlib
import importlib.machinery
import importlib.util
import json
import os
import sys
from pathlib import Path

__all__ = ["MANIFEST", "compiled_folder", "digest_of"]

COMPILED = "_compiled"
MANIFEST = "modules.json"
PLAIN = "CONTACTLINE_PLAIN"  # set to read without the compiled modules


def compiled_folder(package: str, folder: Path) -> Path | None:
    """The folder of modules compiled for a package, with their shared code loaded; None where the plain ones are read.

    Those are read when nothing was compiled, when a source has changed since, or with $CONTACTLINE_PLAIN.
    """
    compiled = folder / COMPILED / package
    try:
        manifest = json.loads((compiled / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if os.environ.get(PLAIN) or any(
        digest_of(folder / f"{name}.py") != own for name, own in manifest["modules"].items()
    ):
        return None
    return compiled if _load(manifest["shared"], compiled) else None


def digest_of(path: Path) -> str:
    """What tells one state of a source from another; "" when there is no such file."""
    try:
        return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()
    except OSError:
        return ""


def _load(name: str, folder: Path) -> bool:
    """Load the code that the compiled modules share; False where it was made for another Python or machine."""
    if name in sys.modules:
        return True
    for suffix in importlib.machinery.EXTENSION_SUFFIXES:
        path = folder / f"{name}{suffix}"
        spec = importlib.util.spec_from_file_location(name, path) if path.exists() else None
        if spec is not None and spec.loader is not None:
            sys.modules[name] = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(sys.modules[name])
            return True
    return False
