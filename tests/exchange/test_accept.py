"""What is accepted goes into curated Turtle whole and keeps every rule; what would break one changes nothing."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import DataError
from kg.export.content import Content
from kg.fmt import formatted
from kg.intake.accept import accept
from kg.intake.current import Current
from kg.intake.kinds import Order, read_file
from kg.intake.model import Reading
from kg.load import load_graph
from kg.paths import graph_paths
from kg.snapshot import Snapshot
from kg.store import EmbeddedStore
from kg.vocab import BASE, SKOS
from tests.exchange.conftest import DAY
from tests.pipeline.conftest import Kg

AREA = f"""@prefix skos: <{SKOS}> .
@prefix own: <{BASE}term/practice-area/> .
@prefix scheme: <{BASE}scheme/> .
"""
NEW = """own:incident-drills a skos:Concept ; skos:inScheme scheme:practice-area ;
  skos:topConceptOf scheme:practice-area ; skos:prefLabel "Incident drills"@en , "インシデント訓練"@ja ;
  skos:hiddenLabel "インシデントクンレン"@ja-Kana , "inshidento kunren"@ja-Latn ;
  skos:definition "Practice area of rehearsing what to do when an advanced AI system causes harm."@en ,
    "高度なAIシステムが害を及ぼしたときの対応をあらかじめ練習する実践分野。"@ja .
"""
BAD = {
    "two preferred labels": 'own:security-controls skos:prefLabel "Security controls"@en , "Guards"@en .',
    "two new preferred labels": NEW.replace('"Incident drills"@en', '"Incident drills"@en , "Drills"@en'),
    "a circle": "own:security-controls skos:broader own:technical-standards .\n"
    "own:technical-standards skos:broader own:security-controls .",
    "another namespace": '<http://other.example/a> a skos:Concept ; skos:prefLabel "Foreign"@en .',
}
Text = Callable[[str], Reading]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(graph_paths(None).data, tmp_path / "data"))


@pytest.fixture(scope="module")
def ours(shipped: Snapshot) -> Current:
    return Current(Content(shipped, EmbeddedStore.open(shipped.store)))


@pytest.fixture
def reading(ours: Current, tmp_path: Path) -> Text:
    def run(text: str) -> Reading:
        file = tmp_path / "theirs.ttl"
        file.write_text(AREA + text, encoding="utf-8")
        return read_file(Order(file, None, DAY, None), ours)

    return run


def test_a_new_concept_is_accepted_with_its_definitions(reading: Text, data: Path) -> None:
    (changed,) = accept(reading(NEW), graph_paths(data), "import-x")
    assert changed == data / "imported" / "import-x.ttl" and len(set(formatted(changed))) == 1
    said = {str(triple.object) for file in load_graph(graph_paths(data)).data for triple in file.triples}
    assert '"インシデント訓練"@ja' in said
    assert f"<{BASE}term/definition-kind/verbatim>" in changed.read_text(encoding="utf-8")


@pytest.mark.parametrize("fault", BAD)
def test_what_would_break_a_rule_changes_nothing(reading: Text, data: Path, fault: str) -> None:
    before = {path: path.read_bytes() for path in data.rglob("*.ttl")}
    with pytest.raises(DataError, match="Nothing was accepted"):
        accept(reading(BAD[fault]), graph_paths(data), "import-x")
    assert {path: path.read_bytes() for path in data.rglob("*.ttl")} == before


def test_nothing_is_accepted_beside_refused_rows_unless_that_is_said(
    kg: Kg, data: Path, tmp_path: Path
) -> None:
    good = {"uri": BASE + "term/practice-area/security-controls", "altLabel": {"en": ["security measures"]}}
    rows = [{**good, "type": [SKOS + "Concept"]}, {"type": [SKOS + "Concept"]}]
    (tmp_path / "theirs.ndjson").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    before = (data / "schemes" / "practice-area.ttl").read_bytes()
    refused = kg("import", "theirs.ndjson", "--accept", "--data", data)
    assert refused.returncode == 1 and "nothing was accepted" in refused.stderr
    assert (data / "schemes" / "practice-area.ttl").read_bytes() == before
    left_out = kg("import", "theirs.ndjson", "--accept", "--leave-refused", "--data", data)
    assert left_out.returncode == 1 and "security measures" in (
        data / "schemes" / "practice-area.ttl"
    ).read_text("utf-8")


def test_a_file_that_would_break_rules_leaves_with_one(kg: Kg, shipped: Snapshot, tmp_path: Path) -> None:
    (tmp_path / "theirs.ttl").write_text(AREA + BAD["a circle"], encoding="utf-8")
    done = kg("import", "theirs.ttl", "--snapshot", shipped.path)
    assert done.returncode == 1 and "would break" in done.stderr
