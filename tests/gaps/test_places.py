"""A place in a document is written in one way, wherever it is named."""

import pytest

from kg.gaps import analyse
from kg.gaps.model import CitationRef, Ref, Text
from kg.gaps.places import place_text
from kg.gaps.sources import cited_text
from kg.report.words import Words

from .mini import ex
from .read import gap
from .test_commitments import charter

WRITTEN = {
    None: ("", ""),
    "whole": ("", ""),
    "7": ("§7", "§7"),
    "7-c": ("§7(c)", "§7(c)"),
    "1.3-9": ("§1.3-9", "§1.3-9"),
    "10*-a": ("§10(a)(番号は推定)", "§10(a) (number inferred)"),
    "2-p4": ("§2 第4段落", "§2, paragraph 4"),
    "annex": ("附属書", "annex"),
    "annex-2.4-d": ("附属書 2.4(d)", "annex 2.4(d)"),
    "code-3": ("行動規範 第3項目", "code of conduct, item 3"),
    "code": ("行動規範", "code of conduct"),
    "slide-2-b": ("スライド2(b)", "slide 2(b)"),
    "no such/form": ("no such/form", "no such/form"),
}


@pytest.mark.parametrize(("locator", "written"), WRITTEN.items())
def test_a_locator_is_written_as_people_name_the_place(locator: str | None, written: tuple[str, str]) -> None:
    assert (place_text(locator).ja, place_text(locator).en) == written
    assert (Words("ja").place(locator), Words("en").place(locator)) == written


def test_a_gap_names_its_clause_by_the_place_in_the_instrument() -> None:
    found = gap(analyse(charter().store), "G5")
    assert found is not None
    for text in (found.sentence.en, found.closes_if.turtle):
        assert "(Charter, §1)" in text
    assert "「charter項」 §1「" in found.sentence.ja


def test_a_document_is_named_with_the_places_in_it_and_alone_where_it_is_cited_as_a_whole() -> None:
    def cited(*locators: str) -> Text:
        document = Ref(iri=ex("doc"), label=Text(ja="文書", en="Doc"))
        return cited_text(CitationRef(citation=ex(at), document=document, locator=at) for at in locators)

    assert cited("7-c", "code-3") == Text(
        ja="「文書」(§7(c)、行動規範 第3項目)", en="Doc (§7(c); code of conduct, item 3)"
    )
    assert cited("whole") == Text(ja="「文書」", en="Doc")
