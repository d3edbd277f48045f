"""Sentences use only the words that their status allows, in both languages, and are whole sentences."""

import re

import pytest

from kg.gaps import Fault, GapAnalysis, analyse
from kg.gaps.model import Cell, Figures, Text
from kg.gaps.sentences import count_en, covered, date_text, listed, thin

from .mini import Mini, ex
from .test_proof import eventful

ALLOWED = {
    "COVERED": ("対応あり", "is covered"),
    "THIN": ("手薄|計画のみ", "is thinly covered|is planned only"),
    "ABSENT-STATED": ("によれば、.*行われていない", "known absent, according to"),
    "ABSENT-IN-SCOPE": ("時点.*には見当たらない", "none found in .* as of"),
    "UNKNOWN": ("未記録", "not recorded"),
    "NOT-APPLICABLE": ("対象外", "does not apply"),
    "CONFLICT": ("一致しない", "sources disagree"),
    "DATA-FAULT": ("データ修正中", "data under repair"),
}


def of_every_status() -> GapAnalysis:
    graph = Mini(rows=dict.fromkeys("abcdefgh"))
    graph.complete("c", "h")
    graph.absent("b", "x")
    graph.absent("g", "x", name="statement/g")
    graph.does("deep", "a", "x", grade="independent", maturity="evaluated")
    graph.does("thin", "a", "y")
    graph.does("plan", "d", "x", maturity="planned")
    graph.does("fault", "e", "x")
    graph.does("contra", "g", "x")
    graph.protocol()
    graph.exclude(area="f", facet="x")
    fault = Fault(record=ex("fault"), rule="rule", message=Text(ja="不備", en="at fault"))
    return analyse(graph.store, faults=[fault])


def test_rounding_never_lifts_a_depth_to_its_target_or_to_the_whole() -> None:
    what = Text(ja="何か", en="Something")
    short = thin(what, Figures(n=1, actors=1, depth=0.7481), 0.75)
    nearly = covered(what, Figures(n=9, actors=9, depth=0.9956), 0.75)
    assert "a depth of 0.748, short of the target of 0.75" in short.en
    assert "深さ0.748は目標の0.75に届かない" in short.ja
    assert "a depth of 0.996" in nearly.en


def test_the_example_has_every_status() -> None:
    assert {cell.status for cell in of_every_status().cells} == set(ALLOWED)


@pytest.mark.parametrize("status", ALLOWED)
def test_a_cell_says_what_its_status_allows_and_nothing_of_another(status: str) -> None:
    for cell in of_every_status().cells:
        if cell.status == status:
            ja, en = ALLOWED[status]
            assert re.search(ja, cell.sentence.ja), cell.sentence.ja
            assert re.search(en, cell.sentence.en), cell.sentence.en
            others = [words[1] for name, words in ALLOWED.items() if name != status]
            assert not re.search("|".join(others), cell.sentence.en), cell.sentence.en


def unknown_cells() -> list[Cell]:
    return [cell for cell in of_every_status().cells if cell.status == "UNKNOWN"]


def test_what_is_not_recorded_is_never_called_not_done() -> None:
    for cell in unknown_cells():
        assert "not done" not in cell.sentence.en
        assert "行われていない" not in cell.sentence.ja


def test_every_sentence_is_whole() -> None:
    analysis = analyse(eventful().store)
    texts = [g.sentence for g in analysis.gaps] + [c.sentence for c in analysis.cells] + [analysis.summary]
    texts += [near.reason for g in analysis.gaps for near in g.nearest]
    texts += [task.sentence for task in analysis.search_list]
    for text in texts:
        assert text.en[0].isupper() or text.en[0] in "“0123456789", text.en
        assert text.en.endswith("."), text.en
        assert text.ja.endswith("。"), text.ja
        assert "  " not in text.en + text.ja
        assert not re.search(r"\bA [AEIOU]", text.en), text.en


def test_dates_are_written_in_words() -> None:
    assert date_text("2025-02-05") == Text(ja="2025年2月5日", en="5 February 2025")


def test_a_date_is_no_more_precise_than_its_source() -> None:
    assert date_text("2023-12") == Text(ja="2023年12月", en="December 2023")
    assert date_text("2023") == Text(ja="2023年", en="2023")
    graph = Mini()
    graph.source("monthly", issued="2023-12")
    graph.complete("rows", source="monthly", as_of="2023-12")
    graph.does("old", "a", "x", asserted="2022-02")
    graph.protocol(corpus=["monthly"], stale_after=1)
    sentences = [gap.sentence.en for gap in analyse(graph.store).gaps]
    assert "“Y” on “A”: none found in Monthly as of December 2023." in sentences
    assert any("is of February 2022, 2.8 years before the cut-off" in each for each in sentences)


@pytest.mark.parametrize(
    ("number", "words"), [(0, "no gaps"), (1, "one gap"), (9, "nine gaps"), (10, "10 gaps")]
)
def test_small_numbers_are_words(number: int, words: str) -> None:
    assert count_en(number, "gap", "gaps") == words


def test_lists_end_with_and() -> None:
    assert listed([Text(ja=name, en=name) for name in "abc"]) == Text(ja="a、b、c", en="a, b and c")


def test_verbs_agree_with_their_numbers() -> None:
    from kg.gaps.sentences import thin, topic

    what = topic(Text(ja="領域", en="area"), Text(ja="種類", en="kind"))
    assert (
        "activity by one independent actor reaches" in thin(what, Figures(n=1, actors=1, depth=0.1), 0.5).en
    )
    assert (
        "activities by one independent actor reach a" in thin(what, Figures(n=2, actors=1, depth=0.1), 0.5).en
    )


def test_the_summary_counts_the_map() -> None:
    summary = of_every_status().summary
    assert "The map has 14 cells (cut-off 1 January 2025, searched in Doc): 1 covered, " in summary.en
    assert "未記録" in summary.ja
