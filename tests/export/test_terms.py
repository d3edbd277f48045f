"""Concepts for term bases and vocabulary servers: TBX-Basic, JSKOS, SKOS-XL."""

import io
import json
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator

import pytest
import rdflib

from kg.export.tbx import BASIC, MIN, NAMESPACE, STATUSES
from tests.export.conftest import Exported, exported_from
from tests.export.test_rdf import TERM, graph_of
from tests.news.conftest import town_snapshot

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LEVELS = {  # where ISO 30042 and the TBX-Basic dialect let a data category stand
    "subjectField": {"conceptEntry"},
    "externalCrossReference": {"conceptEntry", "langSec", "termSec"},
    "crossReference": {"conceptEntry", "termSec"},
    "definition": {"descripGrp"},
    "source": {"conceptEntry", "langSec", "termSec", "descripGrp"},
    "administrativeStatus": {"termSec"},
}


def tag(element: ET.Element) -> str:
    return element.tag.partition("}")[2]


def pairs(root: ET.Element) -> Iterator[tuple[ET.Element, ET.Element]]:
    return ((parent, child) for parent in root.iter() for child in parent)


@pytest.fixture(scope="module", params=["tbx", "tbx-dct"])
def tbx(request: pytest.FixtureRequest, shipped_export: Exported) -> ET.Element:
    return ET.fromstring(shipped_export(request.param))  # noqa: S314 # our own export


def test_tbx_names_dialect_and_style(tbx: ET.Element) -> None:
    assert tbx.tag == f"{{{NAMESPACE}}}tbx"
    assert tbx.get("type") == "TBX-Basic"
    assert tbx.get("style") in ("dca", "dct")


def test_tbx_data_categories_stand_where_they_may(tbx: ET.Element) -> None:
    seen = set()
    for parent, child in pairs(tbx):
        name = child.get("type") if tbx.get("style") == "dca" else tag(child)
        if name in LEVELS and child.tag != f"{{{NAMESPACE}}}tbx":
            assert tag(parent) in LEVELS[name]
            seen.add(name)
    assert seen == set(LEVELS)


def test_tbx_tags_of_other_namespaces_are_those_of_the_modules(tbx: ET.Element) -> None:
    spaces = {element.tag[1:].partition("}")[0] for element in tbx.iter()}
    assert spaces == ({NAMESPACE} if tbx.get("style") == "dca" else {NAMESPACE, MIN, BASIC})


def test_tbx_statuses_are_those_of_the_pick_list(tbx: ET.Element) -> None:
    found = {
        element.text
        for element in tbx.iter()
        if element.get("type") == "administrativeStatus" or tag(element) == "administrativeStatus"
    }
    assert found <= set(STATUSES.values())


def test_tbx_identifiers_are_unique_and_references_meet_them(tbx: ET.Element) -> None:
    ids = [element.get("id", "") for element in tbx.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", name) for name in ids)
    targets = {element.get("target", "") for element in tbx.iter() if element.get("target")}
    assert {target for target in targets if not target.startswith("https://")} <= set(ids)


def test_tbx_sections_have_language_and_terms_in_order(tbx: ET.Element) -> None:
    for section in tbx.iter(f"{{{NAMESPACE}}}langSec"):
        assert section.get(XML_LANG)
        names = [tag(child) for child in section]
        assert "termSec" in names and names == sorted(names, key=lambda name: name == "termSec")
    for section in tbx.iter(f"{{{NAMESPACE}}}termSec"):
        assert tag(section[0]) == "term"


def test_tbx_holds_every_concept(tbx: ET.Element, shipped_export: Exported) -> None:
    concepts = shipped_export("ntriples").count(b"core#Concept> .")
    assert len(list(tbx.iter(f"{{{NAMESPACE}}}conceptEntry"))) == concepts


def test_tbx_tells_status_definition_and_source(exported: Exported) -> None:
    text = exported("tbx").decode()
    assert '<admin type="source">verbatim: 論文, §1</admin>' in text
    risk = text[text.index('id="area.risk"') :].partition("</conceptEntry>")[0]
    assert re.search(r"<term>hazard \| harm</term>\s*<termNote[^>]*>deprecatedTerm-admn-sts<", risk)
    assert re.search(r"<term>risk</term>\s*<termNote[^>]*>preferredTerm-admn-sts<", risk)
    gone = text[text.index('id="area.abuse"') :].partition("</conceptEntry>")[0]
    assert "supersededTerm-admn-sts" in gone
    assert '<ref type="crossReference" target="area.misuse">' in gone


def test_jskos_gives_schemes_and_concepts_line_by_line(exported: Exported) -> None:
    items = [json.loads(line) for line in exported("jskos", scheme="area").splitlines()]
    assert [item["type"][0].rpartition("#")[2] for item in items] == ["ConceptScheme", *["Concept"] * 3]
    (risk,) = [item for item in items if item["uri"] == TERM + "area/risk"]
    assert risk["prefLabel"] == {"en": "risk", "ja": "リスク"}
    assert risk["notation"] == ["A-1"]
    assert {"uri": TERM + "area/misuse"} in risk["narrower"]
    assert risk["mappings"][0]["to"] == {"memberSet": [{"uri": TERM + "other/danger"}]}
    (gone,) = [item for item in items if item["uri"] == TERM + "area/abuse"]
    assert gone["deprecated"] and gone["replacedBy"] == [{"uri": TERM + "area/misuse"}]


def test_skosxl_has_a_node_for_every_label(exported: Exported) -> None:
    graph = graph_of(exported("skosxl"))
    xl = "http://www.w3.org/2008/05/skos-xl#"
    plain = {
        (s, o)
        for p in ("prefLabel", "altLabel", "hiddenLabel")
        for s, o in graph.subject_objects(rdflib.URIRef("http://www.w3.org/2004/02/skos/core#" + p))
        if str(s).startswith(TERM)
    }
    through = {
        (s, form)
        for p in ("prefLabel", "altLabel", "hiddenLabel")
        for s, node in graph.subject_objects(rdflib.URIRef(xl + p))
        for form in graph.objects(node, rdflib.URIRef(xl + "literalForm"))
    }
    assert plain == through and plain
    recorded = rdflib.URIRef(TERM.replace("/term/", "/label/") + "area/risk/en-1")
    assert graph.value(recorded, rdflib.URIRef("https://w3id.org/aisi-kg/ontology#labelStatus")) is not None


@pytest.mark.parametrize("form", ["turtle", "jskos", "tbx", "tbx-dct", "csvw", "xlsx", "sssom", "graphml"])
def test_licence_and_maker_are_stated_of_our_own_terms_alone(
    exported: Exported, foreign: Exported, form: str
) -> None:
    ours, theirs = (_text(one(form)) for one in (exported, foreign))
    assert "licenses/by/4.0" in ours
    assert "licenses/by/4.0" not in theirs and "aisi-kg curators" not in theirs


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """Exports of another institute's graph, with a mapping of its own."""
    mapping = """<mapping/fire--flame> a aisi:Mapping ; sssom:subject_id <Fire> ; sssom:predicate_id skos:closeMatch ;
  sssom:object_id <https://other.example/flame> ; sssom:mapping_justification semapv:ManualMappingCuration .
"""
    spaces = (
        "@prefix sssom: <https://w3id.org/sssom/> .\n@prefix semapv: <https://w3id.org/semapv/vocab/> .\n"
    )
    return exported_from(town_snapshot(tmp_path_factory.mktemp("foreign"), spaces + mapping))


def _text(content: bytes) -> str:
    if not content.startswith(b"PK"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "".join(book.read(name).decode() for name in book.namelist())
