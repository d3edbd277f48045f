"""Read JSON and XML of others with care: broken, nested without end or with declarations that fetch or explode."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any, Final
from xml.parsers import expat

from kg.errors import DataError
from kg.intake.guard import read_text, refuse_doctype

_DEEPEST: Final = 100


def read_json(path: Path) -> tuple[bytes, Any]:
    """Read one JSON document."""
    content = read_text(path)
    return content, parse_json(content.decode(), str(path), 1)


def parse_json(text: str, name: str, line: int) -> Any:
    """Parse JSON that begins in `line`; a key that comes twice in an object is an error."""
    try:
        document = json.loads(text, object_pairs_hook=_each_key_once)
        if "\\u" in text:
            json.dumps(document, ensure_ascii=False).encode()
        return document
    except UnicodeEncodeError as error:
        raise DataError(
            f"{name}, from line {line}: an escape stands for half a character (U+D800 to U+DFFF); correct it."
        ) from error
    except json.JSONDecodeError as error:
        raise DataError(
            f"{name}, line {line + error.lineno - 1}: broken JSON: {error.msg}; repair that line, "
            "or get the file again if it ends too early."
        ) from error
    except RecursionError as error:
        raise DataError(f"{name}, line {line}: nested too deeply to be read; flatten it.") from error
    except _TwiceError as error:
        raise DataError(
            f"{name}, from line {line}: key {error} comes twice in one object; keep one."
        ) from error


class _TwiceError(ValueError):
    """A key that comes twice."""


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        raise _TwiceError(next(key for key in keys if keys.count(key) > 1))
    return found


def read_xml(path: Path) -> tuple[bytes, ET.Element, dict[ET.Element, int]]:
    """Read one XML document: its root, and the line of every element."""
    content = read_text(path)
    refuse_doctype(content, str(path))
    reader = _XmlReader()
    try:
        reader.parser.Parse(content, True)
    except expat.ExpatError as error:
        raise DataError(
            f"{path}, line {error.lineno}: broken XML: {expat.ErrorString(error.code)}; repair that line, "
            "or get the file again if it ends too early."
        ) from error
    except _DeepError as error:
        raise DataError(f"{path}, line {error}: nested too deeply to be read; flatten it.") from error
    return content, reader.root(), reader.lines


class _DeepError(ValueError):
    """Elements inside elements without end."""


class _XmlReader:
    """Build the tree of a document and note the line of every element; names are written {namespace}name."""

    def __init__(self) -> None:
        self.lines: dict[ET.Element, int] = {}
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self._tree = ET.TreeBuilder()
        self._depth = 0

    def root(self) -> ET.Element:
        return self._tree.close()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _DeepError(self.parser.CurrentLineNumber)
        named = {_braced(key): value for key, value in attributes.items()}
        self.lines[self._tree.start(_braced(name), named)] = self.parser.CurrentLineNumber

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._tree.end(_braced(name))

    def _text(self, text: str) -> None:
        self._tree.data(text)


def _braced(name: str) -> str:
    return "{" + name if "}" in name else name
