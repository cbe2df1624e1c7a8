"""Zip files that come out the same, byte by byte, each time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

__all__ = ["zip_bytes"]


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    """Return a zip file without the times and the system of the moment.

    Examples
    --------
    >>> zip_bytes({"a.txt": b"1"}) == zip_bytes({"a.txt": b"1"})
    True
    """
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, content in files.items():
            # 1980 is the earliest year that a zip file knows.
            about = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            about.compress_type = zipfile.ZIP_DEFLATED
            about.create_system = 3
            about.external_attr = 0o644 << 16
            archive.writestr(about, content)
    return whole.getvalue()
