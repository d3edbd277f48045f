"""Candidate records from a document, and the sentences and dates they are read from."""

import pyoxigraph as ox
import pytest

from kg.terms import LabelRecord, TermIndex
from kg.terms.annotator import Annotator
from kg.terms.documents import read_document
from kg.terms.draft import Origin, draft
from kg.terms.sentences import dates_in, sentences_of
from kg.vocab import AISI, BASE, DCTERMS, RDF_TYPE

from .conftest import ACTOR, CONCEPT, small_labels

SOURCE = Origin(BASE + "source/report", BASE + "instrument/the-report", "2026-03-31")


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    verbs = f"{BASE}scheme/verb-class"
    more = [
        LabelRecord(iri="x:agree", label="合意", lang="ja", type=CONCEPT, scheme=verbs),
        LabelRecord(iri="x:welcome", label="Welcome", lang="en", type=CONCEPT, scheme=verbs),
        LabelRecord(
            iri="x:teaming", label="演習", lang="ja", type=CONCEPT, scheme=f"{BASE}scheme/activity-type"
        ),
        LabelRecord(iri="x:g7", label="G7", lang="en", type=ACTOR),
    ]
    return Annotator(TermIndex.build([*small_labels(), *more]).table)


def values(triples: list[ox.Triple], name: str) -> set[str]:
    objects = (triple.object for triple in triples if triple.predicate.value == AISI + name)
    return {one.value for one in objects if isinstance(one, (ox.NamedNode, ox.Literal))}


def test_a_sentence_that_promises_becomes_a_provision(annotator: Annotator) -> None:
    found = draft(annotator, read_document("G7は演習を歓迎し、評価に合意した。"), SOURCE)
    assert values(found, "verbClass") == {"x:agree"}
    assert values(found, "addressee") == {"x:g7"}
    assert values(found, "actionType") == {"x:teaming"}
    assert values(found, "reviewStatus") == {BASE + "term/review-status/proposed"}


def test_a_dated_sentence_becomes_an_activity(annotator: Annotator) -> None:
    found = draft(
        annotator,
        read_document("G7は２０２６年３月に演習を行う予定である。\n\n2024年5月21日、G7で評価を議論した。"),
        SOURCE,
    )
    assert values(found, "startDate") == {"2026-03", "2024-05-21"}
    assert values(found, "status") == {
        BASE + "term/activity-status/planned",
        BASE + "term/activity-status/completed",
    }
    assert values(found, "participant") == {"x:g7"}


def test_every_mention_is_cited_with_paragraph_and_words(annotator: Annotator) -> None:
    found = draft(annotator, read_document("はじめに。\n\nAI安全性を扱う。"), SOURCE)
    assert values(found, "attestedForm") == {"AI安全性"}
    assert values(found, "locator") == {"p2"}
    assert values(found, "source") == {SOURCE.source}
    assert values(found, "dateRead") == {"2026-03-31"}
    assert {str(triple.subject) for triple in found if triple.predicate == RDF_TYPE} == {
        f"<{BASE}citation/report/p2/s1>"
    }


def test_a_provision_belongs_to_the_instrument_that_the_source_is_the_text_of(annotator: Annotator) -> None:
    found = draft(annotator, read_document("G7は評価に合意した。"), SOURCE)
    provision = ox.NamedNode(BASE + "provision/the-report/p1-s1")
    part_of = ox.Triple(provision, ox.NamedNode(DCTERMS + "isPartOf"), ox.NamedNode(SOURCE.instrument))
    assert part_of in found


def test_english_verbs_may_be_inflected(annotator: Annotator) -> None:
    assert values(draft(annotator, read_document("They welcomed it."), SOURCE), "verbClass") == {"x:welcome"}


def test_a_draft_is_the_same_every_time(annotator: Annotator) -> None:
    document = read_document("G7は2024年に評価に合意した。" * 20)
    assert draft(annotator, document, SOURCE) == draft(annotator, document, SOURCE)


def test_nothing_gives_nothing(annotator: Annotator) -> None:
    assert values(draft(annotator, read_document(""), SOURCE), "citation") == set()


def test_sentences_have_places_and_paragraphs() -> None:
    text = "見出し\n\n一つ目。二つ目。\n- 項目。\nFirst one. Second one."
    found = list(sentences_of(text))
    assert [one.text for one in found] == [
        "見出し",
        "一つ目。",
        "二つ目。",
        "- 項目。",
        "First one.",
        "Second one.",
    ]
    assert [(one.paragraph, one.number) for one in found] == [(1, 1), (2, 1), (2, 2), (3, 1), (3, 2), (3, 3)]
    assert all(text[one.start : one.end] == one.text for one in found)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("2024年5月21日と2024 年 10 月", ["2024-05-21", "2024-10"]),
        ("２０２５年", ["2025"]),
        (
            "2026-03-31, 7 February 2025, May 2, 2024 and May 2023",
            ["2026-03-31", "2025-02-07", "2024-05-02", "2023-05"],
        ),
        ("2024年13月、12月1日、1234567-01-01", []),
    ],
)
def test_dates_are_read_as_exactly_as_they_are_given(text: str, dates: list[str]) -> None:
    assert dates_in(text) == dates
