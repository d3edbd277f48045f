"""Write every file that is published with a snapshot, and the list of them with sizes and checksums."""

import hashlib
import io
from collections.abc import Callable, Iterator
from typing import Final

import pyoxigraph as ox

from kg.catalog import load_query
from kg.export.content import KeptContent
from kg.export.dcat import catalogue_triples
from kg.export.describe import SPACES, stated_rights
from kg.export.entries import LANGUAGES, Scheme
from kg.export.forms import FORMS, Export
from kg.export.index import CATALOGUE, FOLDER, INDEX, VOID, WHOLE_GRAPH, ExportFile, index_bytes
from kg.export.jsonld import CONTEXT_FILE, context_document
from kg.export.rdf import write_triples
from kg.export.rights import rights_of_graph
from kg.export.void import void_triples
from kg.export.write import file_name, write_export
from kg.snapshot import N_QUADS, Snapshot
from kg.store import EmbeddedStore
from kg.vocab import BASE, GRAPH

Write = Callable[[str, bytes], None]
DESCRIPTIONS: Final = ("turtle", "rdfxml", "jsonld", "ntriples")

_WHOLE: Final = {
    "skos": ("turtle", "rdfxml", "jsonld", "ntriples", "csv", "csvw", "xlsx", "tbx", "tbx-dct", "jskos"),
    "skosxl": ("skosxl",),
    "graph": ("turtle", "trig"),
    "activities": ("turtle", "jsonld", "graphml"),
    "mappings": ("turtle", "sssom", "jskos"),
}
_EACH_SCHEME: Final = ("turtle", "rdfxml", "jsonld", "csv", "csvw", "xlsx", "tbx", "jskos")
_EACH_ACTOR: Final = ("turtle",)
_TITLES: Final = {
    "skos": {"ja": "全ての用語", "en": "All terms"},
    "skosxl": {"ja": "全ての用語（名称ごとの記録付き）", "en": "All terms, with a record for each label"},
    "graph": {"ja": "グラフ全体", "en": "The whole graph"},
    "activities": {"ja": "全ての活動", "en": "All activities"},
    "mappings": {"ja": "全ての対応付け", "en": "All mappings"},
}


def publish(snapshot: Snapshot, store: EmbeddedStore, write: Write) -> None:
    """Write the published files into the snapshot through `write`; the same snapshot gives the same bytes."""
    content = KeptContent(snapshot, store)
    files = [_written(export, title, content, write) for export, title in _plan(content)]
    files.append(_whole_graph(snapshot))
    files.sort(key=lambda file: file.file)
    write(INDEX, index_bytes(files))
    write(f"{FOLDER}/{CONTEXT_FILE}", context_document())
    rights = rights_of_graph(store)
    _describe(CATALOGUE, catalogue_triples(snapshot.manifest, files, content.schemes(None), rights), write)
    stated = stated_rights(snapshot.manifest, rights)
    _describe(VOID, void_triples(snapshot.manifest, store, files, stated), write)


def _plan(content: KeptContent) -> Iterator[tuple[Export, dict[str, str]]]:
    for what, formats in _WHOLE.items():
        for form in formats:
            yield Export(what=what, format=form), _TITLES[what]
    for scheme in content.schemes(None):
        if _publishable(scheme.iri):
            for form in _EACH_SCHEME:
                yield Export(what="skos", format=form, scheme=scheme.iri), _title(scheme)
    for row in content.store.select(load_query("export/acting").text):
        if _publishable(row["actor"].value):
            title = {
                lang: row["title" + lang.title()].value for lang in LANGUAGES if "title" + lang.title() in row
            }
            for form in _EACH_ACTOR:
                yield Export(what="activities", format=form, actor=row["actor"].value), title


def _publishable(iri: str) -> bool:
    """Tell whether the last part of an IRI can name a file; parts of ours are unique, those of others may clash."""
    return iri.startswith(BASE)


def _title(scheme: Scheme) -> dict[str, str]:
    return scheme.title or {"en": scheme.name}


def _written(export: Export, title: dict[str, str], content: KeptContent, write: Write) -> ExportFile:
    out = io.BytesIO()
    write_export(export, content, out)
    name = file_name(export)
    write(f"{FOLDER}/{name}", out.getvalue())
    return ExportFile(
        file=name,
        url=f"{BASE}exports/{name}",
        what=export.what,
        format=export.format,
        media_type=FORMS[export.format].media_type,
        title=title,
        scheme=export.scheme,
        actor=export.actor,
        bytes=len(out.getvalue()),
        sha256=hashlib.sha256(out.getvalue()).hexdigest(),
    )


def _whole_graph(snapshot: Snapshot) -> ExportFile:
    content = snapshot.read(N_QUADS)
    return ExportFile(
        file=WHOLE_GRAPH,
        url=f"{BASE}exports/{WHOLE_GRAPH}",
        what="graph",
        format="nquads",
        media_type="application/gzip",
        title=_TITLES["graph"],
        bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def _describe(name: str, triples: list[ox.Triple], write: Write) -> None:
    for syntax in DESCRIPTIONS:
        out = io.BytesIO()
        write_triples(triples, syntax, out, ox.NamedNode(GRAPH + name), SPACES)
        write(f"{FOLDER}/{name}{FORMS[syntax].suffix}", out.getvalue())
