"""Pictures as PNG, set in a font that comes along, so that they look the same on every machine."""

import math
import re
import unicodedata
from functools import cache
from html import unescape

import numpy as np
import numpy.typing as npt
import resvg_py
from noto_cjk_sans_jp_regular import FONT_PATH

from kg.errors import CallerError

FONT = "Noto Sans CJK JP"
MOST_PIXELS = 40_000_000  # 160 MB while it is drawn
_SHARP = 2.0
_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_TEXT = re.compile(r"<text[^>]*>([^<]*)</text>")
_UNSEEN = {"Cc", "Cf", "Mn", "Zs", "Zl", "Zp"}  # letters without ink of their own


def png(svg: bytes) -> bytes:
    """Draw an SVG picture twice as large as it says, or smaller where it is very large.

    Letters that the font lacks are refused by name: an empty box in their place would look like a label.
    """
    picture = svg.decode()
    lacking = sorted(set("".join(unescape(found) for found in _TEXT.findall(picture))) - _letters())
    if unseen := "".join(letter for letter in lacking if unicodedata.category(letter) not in _UNSEEN):
        raise CallerError(
            f"The font {FONT} has no letters for {unseen[:20]}, so a PNG could not show them; "
            "take --format svg, which is set in the fonts of its reader."
        )
    drawn: bytes = resvg_py.svg_to_bytes(
        svg_string=picture,
        zoom=_zoom(picture),
        font_files=[str(FONT_PATH)],
        font_family=FONT,
        sans_serif_family=FONT,
        skip_system_fonts=True,
    )
    return drawn


def _zoom(picture: str) -> float:
    found = _SIZE.search(picture)
    width, height = (float(side) for side in found.groups()) if found else (1.0, 1.0)
    zoom = min(_SHARP, math.sqrt(MOST_PIXELS / (width * height)))
    if zoom < 0.5:
        raise CallerError(
            f"A picture of {width:.0f} by {height:.0f} points cannot be read as a PNG; take --format svg."
        )
    return zoom


@cache
def _letters() -> frozenset[str]:
    """Read from the character map of the font which letters it has."""
    content = FONT_PATH.read_bytes()
    tables = np.frombuffer(content, _TABLE, count=int.from_bytes(content[4:6], "big"), offset=12)
    start = int(tables["offset"][tables["tag"] == b"cmap"][0])
    subtables = np.frombuffer(
        content, _SUBTABLE, count=int.from_bytes(content[start + 2 : start + 4], "big"), offset=start + 4
    )
    found: set[str] = set()
    for offset in {start + int(one) for one in subtables["offset"]}:
        if content[offset : offset + 2] == b"\x00\x0c":  # format 12 holds all of Unicode in ranges
            found |= _in_ranges(content, offset)
    return frozenset(found)


_TABLE = np.dtype([("tag", "S4"), ("sum", ">u4"), ("offset", ">u4"), ("length", ">u4")])
_SUBTABLE = np.dtype([("platform", ">u2"), ("encoding", ">u2"), ("offset", ">u4")])


def _in_ranges(content: bytes, offset: int) -> set[str]:
    count = int.from_bytes(content[offset + 12 : offset + 16], "big")
    ranges: npt.NDArray[np.uint32] = np.frombuffer(content, ">u4", count=3 * count, offset=offset + 16)
    return {chr(code) for first, last, _ in ranges.reshape(-1, 3) for code in range(first, last + 1)}
