"""The catalogue of interface texts: complete in both languages, nothing missing, nothing unused."""

import re
from http import HTTPStatus
from pathlib import Path
from string import Formatter

import pytest

from kg_api.wording import said, texts

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "api" / "kg_api"
CALL = re.compile(r"""\b(?:t|has)\("([^"]+)"(?P<more> ~)?""")
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
FIELD = re.compile(r"\{\w+\}")
SAME_IN_BOTH = {"nav_sparql", "nav_api", "map_caption", "other_language"}
NAMES_OF_FORMATS = "format_"


def used() -> tuple[set[str], set[str]]:
    """The names that templates and modules ask for, and the beginnings of those they put together."""
    whole: set[str] = set()
    begun: set[str] = set()
    for file in [*PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.py")]:
        for found in CALL.finditer(file.read_text(encoding="utf-8")):
            (begun if found["more"] else whole).add(found[1])
    return whole, begun


@pytest.mark.parametrize("name", texts())
def test_a_text_stands_in_both_languages_with_the_same_values(name: str) -> None:
    found = texts()[name]
    assert set(found) - {"en_one"} == {"ja", "en"}
    fields = [{field for _, field, _, _ in Formatter().parse(text) if field} for text in found.values()]
    assert all(each == fields[0] for each in fields)
    if found["en"] and name not in SAME_IN_BOTH and not name.startswith(NAMES_OF_FORMATS):
        assert JAPANESE.search(found["ja"]) or not re.search(r"[A-Za-z]{2}", FIELD.sub("", found["en"]))
        assert not JAPANESE.search(found["en"])


def test_every_text_that_is_asked_for_is_there() -> None:
    assert used()[0] - set(texts()) == set()


def test_no_text_is_left_over() -> None:
    whole, begun = used()
    generic = ("sparql_", "error_", "said_", "by ", "language ")
    left = {
        name
        for name in texts()
        if name not in whole
        and not name.startswith((*begun, *generic))
        and ":" not in name  # names of properties
        and not any(name in file.read_text(encoding="utf-8") for file in PACKAGE.rglob("*.py"))
    }
    assert left == set()


def test_texts_for_japanese_readers_use_japanese_punctuation() -> None:
    for name, text in texts().items():
        assert not re.search(r"[\u3040-\u30ff\u4e00-\u9fff][,.](?:\s|$)", text["ja"]), name


@pytest.mark.parametrize("name", [name for name in texts() if name.startswith("said_")])
def test_a_message_is_translated_as_the_code_says_it(name: str) -> None:
    code = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "src").rglob("*.py"))
    code += "".join(file.read_text(encoding="utf-8") for file in PACKAGE.rglob("*.py"))
    phrases = {f"{status.phrase}." for status in HTTPStatus}
    parts = [part.strip(" ,'") for part, *_ in Formatter().parse(texts()[name]["en"])]
    assert all(part in code for part in parts) or "".join(parts).rstrip(".") + "." in phrases


@pytest.mark.parametrize("near", ["?o {}", "x:y 'も' }", "a, near 'b'"])
@pytest.mark.parametrize("reasons", ["", ": Prefix not found"])
def test_values_of_a_message_are_kept(near: str, reasons: str) -> None:
    english = f"The query does not parse at line 3, column 14, near '{near}'{reasons}."
    assert said(english, "ja") == f"問合せは 3 行 14 文字目の「{near}」で解釈できなくなります{reasons}。"
    assert said(english, "en") == english
    assert said("What nobody has translated.", "ja") == "What nobody has translated."
