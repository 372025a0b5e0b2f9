"""Archives: the one table or map inside a ZIP or KMZ file."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePosixPath

from .errors import CatalogueError

__all__ = ["unpacked"]

MAX_BYTES = 2_000_000_000  # a small archive can unpack to more than the machine holds


def unpacked(content: bytes, where: str, suffixes: tuple[str, ...]) -> tuple[bytes, str]:
    """The largest member that ends in one of the suffixes, with its suffix.

    Raises:
        CatalogueError: it is no archive, holds none, or one that unpacks to more than 2 GB.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [m for m in archive.infolist() if PurePosixPath(m.filename).suffix.lower() in suffixes]
            if not members:
                raise CatalogueError(f"{where}: nothing in this archive ends in {', '.join(suffixes)}")
            member = max(members, key=lambda m: m.file_size)
            with archive.open(member) as file:
                held = file.read(MAX_BYTES + 1)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as error:
        raise CatalogueError(f"{where}: not an archive that can be read: {error}; unpacked it would do") from None
    if len(held) > MAX_BYTES:
        raise CatalogueError(f"{where}: unpacks to more than {MAX_BYTES // 1_000_000} MB; a part of it would do")
    return held, PurePosixPath(member.filename).suffix.lower()
