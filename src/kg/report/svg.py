"""Pieces of SVG: elements with escaped attributes, and text broken into lines by its width."""

import re
import unicodedata
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

FONT = "'Noto Sans JP','Noto Sans CJK JP','Hiragino Sans','Yu Gothic UI',sans-serif"
INK, SOFT, LINE, GROUND = "#1b1f24", "#57606a", "#c8ced5", "#ffffff"

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def element(name: str, *children: str, **attributes: object) -> str:
    """Make an element; `_` in an attribute's name becomes `-`, and None leaves an attribute out."""
    given = "".join(
        f" {key.rstrip('_').replace('_', '-')}={quoteattr(_plain(value))}"
        for key, value in attributes.items()
        if value is not None
    )
    inner = "".join(children)
    return f"<{name}{given}>{inner}</{name}>" if inner else f"<{name}{given}/>"


def text(content: str, x: float, y: float, size: int = 12, **attributes: object) -> str:
    """Make one line of text."""
    return element(
        "text", words(content), x=x, y=y, font_size=size, fill=attributes.pop("fill", INK), **attributes
    )


def words(content: str) -> str:
    """Escape text."""
    return escape(_CONTROL.sub("", content))


def drawing(width: float, height: float, title: str, *children: str, **attributes: object) -> str:
    """Put elements on a white ground, with a title that screen readers say."""
    ground = element("rect", width=width, height=height, fill=GROUND)
    return element(
        "svg",
        element("title", words(title)),
        ground,
        *children,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_plain(width)} {_plain(height)}",
        width=width,
        height=height,
        role="img",
        aria_label=title,
        font_family=FONT,
        **attributes,
    )


def width_of(content: str, size: float = 12) -> float:
    """Estimate how wide a text is: Japanese letters are square, Latin ones about half of that."""
    return sum(size if unicodedata.east_asian_width(c) in "WFA" else 0.56 * size for c in content)


def lines(content: str, width: float, size: float = 12, most: int = 3) -> list[str]:
    """Break a text into at most `most` lines; what does not fit ends in an ellipsis."""
    found = [""]
    for piece in _pieces(content):
        if found[-1] and width_of(found[-1] + piece.rstrip(), size) > width:
            found.append(piece.lstrip())
        else:
            found[-1] += piece
    kept = [line.strip() for line in found[:most]]
    return kept if len(found) <= most else [*kept[:-1], kept[-1].rstrip() + "…"]


def _pieces(content: str) -> Iterable[str]:
    """Cut where a line may end: after a space or dash, and between Japanese letters."""
    return re.findall(r"[\u3000-\u9fff\uff00-\uffef]|[^\u3000-\u9fff\uff00-\uffef\s]+\s*|\s+", content)


def _plain(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
