"""The catalogue of what is published: DCAT with ADMS, MOD and VANN, every file with its checksum."""

from collections.abc import Iterable, Sequence
from typing import Final

import pyoxigraph as ox

from kg.export.describe import MEDIA, Value, day, described, named, stated_rights, texts
from kg.export.entries import Scheme
from kg.export.forms import FORMS
from kg.export.index import ExportFile
from kg.export.rights import Rights
from kg.export.version import version_iri
from kg.snapshot import Manifest
from kg.vocab import AISI, BASE, DCTERMS, XSD

CATALOGUE_IRI: Final = BASE + "catalog"
DATASETS: Final = BASE + "dataset/"
_EU: Final = "http://publications.europa.eu/resource/authority/"
_ABOUT: Final = {
    "graph": {
        "ja": "AIセーフティに関わる主体・文書・条項・活動・用語と、その典拠の知識グラフ。",
        "en": "Knowledge graph of the actors, instruments, provisions, activities and terms of AI safety.",
    },
    "skos": {"ja": "全ての用語体系。", "en": "All concept schemes."},
    "skosxl": {
        "ja": "名称ごとの記録を備えた全ての用語体系。",
        "en": "All concept schemes with label records.",
    },
    "activities": {"ja": "活動とその対応領域。", "en": "Activities and the areas that they cover."},
    "mappings": {
        "ja": "他の語彙との対応付け。",
        "en": "Mappings to other vocabularies, no-matches included.",
    },
}
_STANDARDS: Final = {
    "tbx": "https://www.iso.org/standard/62510.html",
    "tbx-dct": "https://www.iso.org/standard/62510.html",
    "sssom": "https://w3id.org/sssom/",
    "jskos": "https://gbv.github.io/jskos/",
    "csvw": "https://www.w3.org/TR/tabular-metadata/",
    "skosxl": "http://www.w3.org/2008/05/skos-xl#",
    "graphml": "http://graphml.graphdrawing.org/",
}
_SKOS: Final = "http://www.w3.org/TR/skos-reference"
_ONTOLOGY: Final = AISI.rstrip("#")
_STANDARD_OF: Final = {"skos": _SKOS, "skosxl": _SKOS, "mappings": _STANDARDS["sssom"]}
_FILE_TYPES: Final = {  # as the file types of the European Union name them
    "turtle": "RDF_TURTLE",
    "skosxl": "RDF_TURTLE",
    "rdfxml": "RDF_XML",
    "jsonld": "JSON_LD",
    "ntriples": "RDF_N_TRIPLES",
    "nquads": "RDF_N_QUADS",
    "trig": "RDF_TRIG",
    "csv": "CSV",
    "csvw": "JSON",
    "xlsx": "XLSX",
    "sssom": "TSV",
    "tbx": "XML",
    "tbx-dct": "XML",
    "graphml": "XML",
}
_UNREGISTERED: Final = ("application/x-", "application/graphml")  # of no use to who looks them up at IANA
_LANGUAGE: Final = "http://id.loc.gov/vocabulary/iso639-1/"
_KINDS: Final = {
    named("dcterms:license"): "dcterms:LicenseDocument",
    named("dcterms:language"): "dcterms:LinguisticSystem",
    named("dcterms:conformsTo"): "dcterms:Standard",
    named("dcterms:accessRights"): "dcterms:RightsStatement",
    named("dcat:mediaType"): "dcterms:MediaType",
    named("dcat:compressFormat"): "dcterms:MediaType",
    named("dcterms:format"): "dcterms:MediaTypeOrExtent",
}


def catalogue_triples(
    manifest: Manifest, files: Sequence[ExportFile], schemes: Iterable[Scheme], whose: Rights
) -> list[ox.Triple]:
    """Give the whole catalogue, described thing by described thing."""
    datasets: dict[str, list[ExportFile]] = {}
    for file in files:
        datasets.setdefault(file.dataset, []).append(file)
    known = {scheme.iri: scheme for scheme in schemes}
    rights = stated_rights(manifest, whose)
    said = _catalogue(manifest, datasets, rights)
    for name, forms in sorted(datasets.items()):
        said += _dataset(name, forms, known, manifest, rights)
    for file in files:
        said += _distribution(file, rights)
    if whose.publisher:
        said += described(whose.publisher, ["foaf:Agent"], {"foaf:name": texts(whose.names)})
    return said + _kinds(said)


def _kinds(said: Iterable[ox.Triple]) -> list[ox.Triple]:
    """Say of licences, languages, standards and formats what they are, for checks that look no further."""
    found = {
        (t.object.value, _KINDS[t.predicate])
        for t in said
        if t.predicate in _KINDS and isinstance(t.object, ox.NamedNode)
    }
    return [triple for iri, kind in sorted(found) for triple in described(iri, [kind], {})]


def _catalogue(
    manifest: Manifest, datasets: Iterable[str], rights: dict[str, list[Value]]
) -> list[ox.Triple]:
    facts: dict[str, list[Value]] = {
        "dcterms:title": list(texts({"ja": "aisi-kgの公開データ", "en": "Published data of aisi-kg"})),
        "dcterms:description": list(texts(_ABOUT["graph"])),
        "dcterms:language": [ox.NamedNode(_LANGUAGE + lang) for lang in ("ja", "en")],
        "dcterms:modified": list(day(manifest.issued)),
        "dcat:themeTaxonomy": [ox.NamedNode(_EU + "data-theme")],
        "dcat:dataset": [ox.NamedNode(DATASETS + name) for name in sorted(datasets)],
        "dcat:service": [ox.NamedNode(BASE + "sparql")],
        "dcat:version": [ox.Literal(manifest.version)],
        "foaf:homepage": [ox.NamedNode(BASE)],
        **rights,
    }
    service: dict[str, list[Value]] = {
        "dcterms:title": list(texts({"ja": "SPARQL エンドポイント", "en": "SPARQL endpoint"})),
        "dcterms:description": list(texts(_ABOUT["graph"])),
        "dcat:endpointURL": [ox.NamedNode(BASE + "sparql")],
        "dcat:servesDataset": [ox.NamedNode(DATASETS + "graph")],
        "dcat:endpointDescription": [ox.NamedNode(BASE + ".well-known/void")],
        "dcterms:conformsTo": [ox.NamedNode("http://www.w3.org/TR/sparql11-protocol/")],
        **rights,
    }
    return described(CATALOGUE_IRI, ["dcat:Catalog"], facts) + described(
        BASE + "sparql", ["dcat:DataService"], service
    )


def _dataset(
    name: str,
    forms: Sequence[ExportFile],
    schemes: dict[str, Scheme],
    manifest: Manifest,
    rights: dict[str, list[Value]],
) -> list[ox.Triple]:
    first = forms[0]
    facts: dict[str, list[Value]] = {
        "dcterms:title": list(texts(first.title)),
        "dcterms:description": list(texts(_description(first, schemes))),
        "dcterms:identifier": [ox.Literal(DATASETS + name)],
        "dcat:keyword": list(texts({"ja": "AIセーフティ", "en": "AI safety"})),
        "dcterms:language": [ox.NamedNode(_LANGUAGE + lang) for lang in ("ja", "en")],
        "dcat:theme": [ox.NamedNode(_EU + "data-theme/TECH")],
        "dcterms:accessRights": [ox.NamedNode(_EU + "access-right/PUBLIC")],
        "dcterms:modified": list(day(manifest.issued)),
        "adms:status": [ox.NamedNode("http://purl.org/adms/status/" + _status(manifest))],
        "dcat:distribution": [ox.NamedNode(file.url) for file in forms],
        "dcat:landingPage": [ox.NamedNode(first.scheme or first.actor or BASE)],
        "dcat:version": [ox.Literal(manifest.version)],
        "owl:versionInfo": [ox.Literal(manifest.version)],
        "owl:versionIRI": [ox.NamedNode(version_iri(f"dataset/{name}", manifest.version))],
        "dcat:previousVersion": _before(f"dataset/{name}", manifest),
        **rights,
    }
    kinds = ["dcat:Dataset", "adms:Asset"]
    if first.what in ("skos", "skosxl"):
        kinds.append("mod:SemanticArtefact")
        facts |= _vocabulary(first)
    if first.what == "graph":
        facts |= _graph(manifest)
    return described(DATASETS + name, kinds, facts)


def _description(file: ExportFile, schemes: dict[str, Scheme]) -> dict[str, str]:
    if file.actor:
        forms = {"en": "Activities of {} and the areas that they cover.", "ja": "{}の活動とその対応領域。"}
        return {lang: forms[lang].format(title) for lang, title in file.title.items()}
    scheme = schemes.get(file.scheme or "")
    return scheme.description if scheme and scheme.description else _ABOUT[file.what]


def _status(manifest: Manifest) -> str:
    """Tell a finished version from one that is still being worked on, as semantic versions do."""
    return "UnderDevelopment" if manifest.package.startswith("0.") else "Completed"


def _before(path: str, manifest: Manifest) -> list[Value]:
    return [ox.NamedNode(version_iri(path, manifest.previous))] if manifest.previous else []


def _vocabulary(file: ExportFile) -> dict[str, list[Value]]:
    """Say of a vocabulary which properties carry its names and its hierarchy."""
    space = file.scheme.replace("/scheme/", "/term/") + "/" if file.scheme else BASE + "term/"
    return {
        "foaf:primaryTopic": [ox.NamedNode(file.scheme)] if file.scheme else [],
        "dcterms:conformsTo": [ox.NamedNode(_SKOS)],
        "mod:hierarchyProperty": [named("skos:broader")],
        "mod:prefLabelProperty": [named("skos:prefLabel")],
        "mod:synonymProperty": [named("skos:altLabel")],
        "mod:definitionProperty": [named("skos:definition")],
        "vann:preferredNamespaceUri": [ox.Literal(space)],
    }


def _graph(manifest: Manifest) -> dict[str, list[Value]]:
    return {
        "dcterms:conformsTo": [ox.NamedNode(_ONTOLOGY)],
        "vann:preferredNamespacePrefix": [ox.Literal("aisi")],
        "vann:preferredNamespaceUri": [ox.Literal(AISI)],
        "adms:identifier": [ox.NamedNode(version_iri("", manifest.version).rstrip("/"))],
    }


def _distribution(file: ExportFile, rights: dict[str, list[Value]]) -> list[ox.Triple]:
    checksum = f"{file.url}#checksum"
    packed = file.media_type == "application/gzip"
    media_type = FORMS[file.format].media_type if packed else file.media_type
    standard = _STANDARDS.get(file.format) or _STANDARD_OF.get(file.what, _ONTOLOGY)
    file_type = _FILE_TYPES.get(file.format)
    facts: dict[str, list[Value]] = {
        "dcterms:title": list(
            texts({lang: f"{title} ({file.format})" for lang, title in file.title.items()})
        ),
        "dcat:accessURL": [ox.NamedNode(file.url)],
        "dcat:downloadURL": [ox.NamedNode(file.url)],
        "dcat:mediaType": [
            ox.NamedNode(MEDIA + name) for name in (media_type,) if not name.startswith(_UNREGISTERED)
        ],
        "dcterms:format": [ox.NamedNode(_EU + "file-type/" + file_type)] if file_type else [],
        "dcat:compressFormat": [ox.NamedNode(MEDIA + file.media_type)] if packed else [],
        "dcat:byteSize": [ox.Literal(str(file.bytes), datatype=ox.NamedNode(XSD + "nonNegativeInteger"))],
        "dcterms:conformsTo": [ox.NamedNode(standard)],
        **{name: rights[name] for name in (DCTERMS + "license", DCTERMS + "issued") if name in rights},
        "spdx:checksum": [ox.NamedNode(checksum)],
    }
    sums: dict[str, list[Value]] = {
        "spdx:algorithm": [named("spdx:checksumAlgorithm_sha256")],
        "spdx:checksumValue": [ox.Literal(file.sha256, datatype=ox.NamedNode(XSD + "hexBinary"))],
    }
    return described(file.url, ["dcat:Distribution"], facts) + described(checksum, ["spdx:Checksum"], sums)
