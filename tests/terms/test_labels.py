"""Labels of a graph, with what a search may filter by."""

from kg.terms import LabelRecord

BASE = "https://w3id.org/aisi-kg/"


def _of(labels: list[LabelRecord], path: str) -> dict[str, LabelRecord]:
    return {f"{one.label}@{one.lang}": one for one in labels if one.iri == BASE + path}


def test_every_kind_of_label_is_read(small_graph_labels: list[LabelRecord]) -> None:
    kinds = {name: one.kind for name, one in _of(small_graph_labels, "term/risk/bias").items()}
    assert kinds == {
        "バイアス@ja": "pref",
        "Bias@en": "pref",
        "偏り@ja": "alt",
        "skew@en": "alt",
        "バイヤス@ja": "hidden",
        "1@": "notation",
        "いわゆる偏り@ja": "attested",
    }


def test_readings_and_former_names_are_told_apart(small_graph_labels: list[LabelRecord]) -> None:
    assert _of(small_graph_labels, "term/risk/privacy")["プライバシー@ja-kana"].kind == "reading"
    assert _of(small_graph_labels, "actor/institute")["旧研究所@ja"].kind == "former"


def test_a_label_says_what_its_record_is(small_graph_labels: list[LabelRecord]) -> None:
    label = _of(small_graph_labels, "term/risk/old-bias")["Old bias@en"]
    assert label.type.endswith("Concept")
    assert label.scheme == BASE + "scheme/risk"
    assert label.broader == (BASE + "term/risk/bias",)
    assert label.deprecated
    assert label.replacements == (BASE + "term/risk/bias", BASE + "term/risk/group-bias")


def test_what_others_refer_to_is_counted(small_graph_labels: list[LabelRecord]) -> None:
    assert _of(small_graph_labels, "term/risk/bias")["Bias@en"].uses == 3
