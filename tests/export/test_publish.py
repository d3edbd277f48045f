"""What is published: every file listed with its checksum, described in DCAT and VoID, served with validators."""

import hashlib
import json
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace

import pytest
import rdflib
from fastapi import FastAPI
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, VOID

from kg.export.dcat import catalogue_triples
from kg.export.entries import Scheme
from kg.export.index import ExportFile, read_index
from kg.export.jsonld import context_document
from kg.export.rights import Rights
from kg.snapshot import Snapshot
from kg.vocab import BASE, PREFIXES
from kg_api import exports, releases
from kg_api.pages.errors import add_error_handlers
from kg_api.site import Site
from tests.export.conftest import built
from tests.terms.asgi import Client

ROOT = Path(__file__).parents[2]
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")


@pytest.fixture(scope="module")
def client(small: Snapshot) -> Client:
    app = FastAPI()
    site = Site.open(small.path)
    app.state.live = SimpleNamespace(require=lambda: site, site=site)
    app.include_router(exports.router)
    app.include_router(releases.router)
    add_error_handlers(app)
    return Client(app)


@pytest.fixture(scope="module")
def files(small: Snapshot) -> dict[str, ExportFile]:
    return {file.file: file for file in read_index(small)}


def test_every_file_has_the_size_and_checksum_that_the_list_says(
    small: Snapshot, files: dict[str, ExportFile]
) -> None:
    for file in files.values():
        content = (small.path / file.stored).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (file.bytes, file.sha256), file.file


def test_whole_schemes_and_actors_are_published(files: dict[str, ExportFile]) -> None:
    assert {"skos.ttl", "graph.nq.gz", "area.ttl", "area.xlsx", "area.tbx", "other.csv"} <= set(files)
    assert {"activities-maker.ttl", "activities.graphml", "mappings.sssom.tsv"} <= set(files)
    assert "activities-idle.ttl" not in files


def test_the_context_knows_every_prefix() -> None:
    context = json.loads(context_document())["@context"]
    assert {name: context[name] for name in PREFIXES} == PREFIXES


def test_the_catalogue_describes_every_file(client: Client, files: dict[str, ExportFile]) -> None:
    graph = rdflib.Graph().parse(data=client.get("/catalog").text, format="turtle")
    found = {str(node): node for node in graph.subjects(RDF.type, DCAT.Distribution)}
    assert set(found) == {file.url for file in files.values()}
    for file in files.values():
        node = found[file.url]
        checksum = graph.value(node, SPDX.checksum)
        assert str(graph.value(checksum, SPDX.checksumValue)).lower() == file.sha256
        assert int(str(graph.value(node, DCAT.byteSize))) == file.bytes
        assert graph.value(node, DCTERMS.license) is not None
        assert graph.value(predicate=DCAT.distribution, object=node) is not None


def test_void_counts_what_is_there(client: Client, small: Snapshot) -> None:
    graph = rdflib.Graph().parse(data=client.get("/.well-known/void").text, format="turtle")
    dataset = rdflib.URIRef(BASE + "dataset/graph")
    total = int(str(graph.value(dataset, VOID.triples)))
    parts = [
        int(str(graph.value(part, VOID.triples))) for part in graph.objects(dataset, VOID.propertyPartition)
    ]
    assert total == sum(parts) > 0


@pytest.mark.parametrize(
    "media_type", ["application/ld+json", "application/rdf+xml", "application/n-triples"]
)
@pytest.mark.parametrize("path", ["/catalog", "/.well-known/void"])
def test_descriptions_come_in_the_syntax_that_is_asked_for(
    client: Client, path: str, media_type: str
) -> None:
    answer = client.get(path, headers={"Accept": media_type})
    assert answer.headers["content-type"] == media_type
    assert client.get(path, headers={"Accept": "image/png"}).status_code == 406


def test_the_list_can_be_narrowed(client: Client) -> None:
    page = client.get("/api/v1/exports", params={"what": "skos", "format": "csv"}).json()
    assert {item["file"] for item in page["items"]} == {"skos.csv", "area.csv", "other.csv"}
    assert page["total"] == 3 and page["snapshot"]


def test_a_download_carries_checksum_and_validators(client: Client, files: dict[str, ExportFile]) -> None:
    answer = client.get("/exports/area.ttl")
    assert hashlib.sha256(answer.content).hexdigest() == files["area.ttl"].sha256
    assert answer.headers["etag"] == f'"{files["area.ttl"].sha256}"'
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    assert 'filename="area.ttl"' in answer.headers["content-disposition"]
    assert 'rel="license"' in answer.headers["link"] and 'rel="describedby"' in answer.headers["link"]
    assert "area.csv-metadata.json" in client.get("/exports/area.csv").headers["link"]


def test_an_unchanged_download_is_not_sent_again(client: Client) -> None:
    first = client.get("/exports/area.xlsx")
    for header, value in [
        ("If-None-Match", first.headers["etag"]),
        ("If-Modified-Since", first.headers["last-modified"]),
    ]:
        again = client.get("/exports/area.xlsx", headers={header: value})
        assert (again.status_code, again.content) == (304, b"")
    assert client.get("/exports/area.xlsx", headers={"If-None-Match": '"other"'}).status_code == 200


def test_what_is_not_published_is_named(client: Client) -> None:
    for path in ("/exports/nothing.ttl", "/exports/..%2Fmanifest.json", "/dataset/nothing"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"


def test_version_and_dataset_iris_lead_on(client: Client, small: Snapshot) -> None:
    version = client.get(f"/version/{small.manifest.version}/scheme/area")
    assert (version.status_code, version.headers["location"]) == (303, "/scheme/area")
    assert client.get("/version/0.0.0/scheme/area").status_code == 404
    assert client.get("/dataset/skos/area").headers["location"] == "/catalog"


def test_the_citation_file_names_the_version_of_the_package() -> None:
    cited = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {metadata.version('aisi-kg')}\n" in cited


def test_another_build_of_the_same_data_gives_the_same_files(small: Snapshot, tmp_path: Path) -> None:
    other = built(tmp_path)
    assert read_index(other) == read_index(small)


MUST_SAY = {
    DCAT.Catalog: (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCTERMS.license, DCTERMS.modified),
    DCAT.Dataset: (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.theme, DCTERMS.accessRights),
    DCAT.Distribution: (DCAT.accessURL, DCTERMS.license, DCTERMS.conformsTo),
    DCAT.DataService: (DCTERMS.title, DCAT.endpointURL, DCTERMS.license),
}


@pytest.mark.parametrize("kind", MUST_SAY)
def test_what_catalogues_ask_for_is_said_of_everything(client: Client, kind: rdflib.URIRef) -> None:
    graph = rdflib.Graph().parse(data=client.get("/catalog").text, format="turtle")
    things = set(graph.subjects(RDF.type, kind))
    lacking = [(thing, name) for thing in things for name in MUST_SAY[kind] if not graph.value(thing, name)]
    assert things and not lacking


def test_licences_publishers_and_formats_have_their_class(client: Client) -> None:
    graph = rdflib.Graph().parse(data=client.get("/catalog").text, format="turtle")
    for property_, kind in [
        (DCTERMS.license, DCTERMS.LicenseDocument),
        (DCTERMS.publisher, FOAF.Agent),
        (DCTERMS.language, DCTERMS.LinguisticSystem),
        (DCAT.mediaType, DCTERMS.MediaType),
    ]:
        assert all((value, RDF.type, kind) in graph for value in graph.objects(None, property_)), property_


def test_every_table_has_its_metadata_beside_it(files: dict[str, ExportFile]) -> None:
    tables = {name for name in files if name.endswith(".csv")}
    assert tables and {f"{name}-metadata.json" for name in tables} <= set(files)


def test_of_another_graph_the_catalogue_leaves_licence_and_publisher_to_its_makers(
    small: Snapshot, files: dict[str, ExportFile]
) -> None:
    theirs = Scheme(iri="https://example.org/s", title={}, description={}, notation="", entries=())
    triples = catalogue_triples(small.manifest, list(files.values()), [theirs], Rights())
    said = {t.predicate.value for t in triples}
    assert not said & {str(DCTERMS.license), str(DCTERMS.publisher), str(DCTERMS.creator)}
    assert str(DCTERMS.issued) in said
