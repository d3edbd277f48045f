"""A small graph whose labels and addresses mean harm, served unchecked: validation would refuse it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.build import build
from kg.checking import Checked
from kg.load import load_graph
from kg.paths import GraphPaths, packaged_graph
from tests.web.server import serving

MARKUP = "<img src=x onerror=alert(1)>"
BIDI = "\u202egnirts\u202c"
GRAPH = f"""
PREFIX aisi: <https://w3id.org/aisi-kg/ontology#>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
<https://w3id.org/aisi-kg/scheme/trap> a skos:ConceptScheme ;
  skos:prefLabel "{MARKUP}"@ja, "</title><script>alert(1)</script>"@en .
<https://w3id.org/aisi-kg/term/trap/one> a skos:Concept ;
  skos:topConceptOf <https://w3id.org/aisi-kg/scheme/trap> ;
  skos:prefLabel "{MARKUP}"@ja, "\\" onmouseover=alert(1) x=\\""@en ;
  skos:altLabel "{BIDI}"@en, "{{{{ 7 * 7 }}}} {{% raw %}}"@en ;
  skos:scopeNote "{MARKUP}"@ja ;
  skos:related <javascript:alert(1)>, <data:text/html,x>, <https://example.org/%22%3E%3Cscript%3E>,
    <https://w3id.org/aisi-kg//example.org/> .
<https://w3id.org/aisi-kg/actor/trap> a aisi:Actor ;
  skos:prefLabel "{BIDI}{MARKUP}"@ja, "{BIDI}"@en ;
  foaf:homepage <javascript:alert(1)> .
<https://w3id.org/aisi-kg/activity/trap> a aisi:Activity ;
  skos:prefLabel "'{MARKUP}"@ja, "{MARKUP}"@en ;
  aisi:carriedOutBy <https://w3id.org/aisi-kg/actor/trap> .
"""
PAGES = (
    "/",
    "/terms",
    "/scheme/trap",
    "/term/trap/one",
    "/actor/trap",
    "/activity/trap",
    "/actors",
    "/activities",
    "/relations?focus=actor/trap",
    "/search?q=img",
    f"/search?q={MARKUP}",
    '/search?q="><script>alert(1)</script>',
    "/query?query=</textarea><script>alert(1)</script>",
    "/?lang=<script>",
    "/nothing/<script>alert(1)</script>",
)


@contextmanager
def trapped(folder: Path) -> Iterator[str]:
    """Serve the graph while the block runs, and give the address."""
    (folder / "data").mkdir()
    (folder / "data" / "trap.ttl").write_text(GRAPH, encoding="utf-8")
    packaged = packaged_graph()
    graph = load_graph(GraphPaths(packaged.ontology, folder / "data", packaged.shapes))
    build(Checked(graph, ()), folder / "snapshot", lambda _: None)
    with serving(folder / "snapshot", folder / "log") as address:
        yield address
