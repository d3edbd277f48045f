"""Concepts as a term base: TBX-Basic of ISO 30042:2019, with the data categories as attributes or as tags."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Final
from xml.sax.saxutils import escape, quoteattr

from kg.export.entries import LANGUAGES, Definition, Entry, Scheme
from kg.export.rdf import require_xml
from kg.export.version import CREATOR_NAME, LICENCE, ours
from kg.snapshot import Manifest

NAMESPACE: Final = "urn:iso:std:iso:30042:ed-2"
MIN: Final = "http://www.tbxinfo.net/ns/min"
BASIC: Final = "http://www.tbxinfo.net/ns/basic"
STATUSES: Final = {
    "preferred": "preferredTerm-admn-sts",
    "admitted": "admittedTerm-admn-sts",
    "deprecated": "deprecatedTerm-admn-sts",
    "superseded": "supersededTerm-admn-sts",
}
_DIALECT: Final = "https://raw.githubusercontent.com/LTAC-Global/TBX-Basic_dialect/master"
_RELAX_NG: Final = "http://relaxng.org/ns/structure/1.0"
_SCHEMATRON: Final = "http://purl.oclc.org/dsdl/schematron"
_NVDL: Final = "http://purl.oclc.org/dsdl/nvdl/ns/structure/1.0"
_MODELS: Final = {
    "dca": (
        (f"{_DIALECT}/DCA/TBXcoreStructV03_TBX-Basic_integrated.rng", _RELAX_NG),
        (f"{_DIALECT}/DCA/TBX-Basic_DCA.sch", _SCHEMATRON),
    ),
    "dct": (
        (f"{_DIALECT}/DCT/TBX-Basic.nvdl", _NVDL),
        (f"{_DIALECT}/DCT/TBX-Basic_DCT.sch", _SCHEMATRON),
    ),
}
_CATEGORIES: Final = {
    "subjectField": ("descrip", "min"),
    "definition": ("descrip", "basic"),
    "source": ("admin", "basic"),
    "administrativeStatus": ("termNote", "min"),
    "crossReference": ("ref", "basic"),
    "externalCrossReference": ("xref", "min"),
}
_TITLE: Final = {"en": "AI safety terms", "ja": "AIセーフティ用語"}


class _Style:
    """Write a data category as an attribute (dca) or as a tag (dct)."""

    def __init__(self, name: str) -> None:
        self.name = name

    def category(self, name: str, text: str, target: str = "") -> str:
        meta, module = _CATEGORIES[name]
        aim = f" target={quoteattr(target)}" if target else ""
        if self.name == "dca":
            return f'<{meta} type="{name}"{aim}>{escape(text)}</{meta}>'
        return f"<{module}:{name}{aim}>{escape(text)}</{module}:{name}>"


def write_tbx(schemes: Sequence[Scheme], manifest: Manifest, style: str, out: IO[bytes]) -> None:
    """Write one term base; concepts without a term in any language have no place in it."""
    writer = _Style(style)
    entries = [(scheme, entry) for scheme in schemes for entry in scheme.entries if _spoken(entry)]
    ids = _identifiers(entry.iri for _, entry in entries)
    out.write("\n".join(_head(schemes, manifest, style)).encode() + b"\n")
    for scheme, entry in entries:
        text = "\n".join(_entry(scheme, entry, ids, writer))
        out.write((require_xml(text, entry.iri) + "\n").encode())
    out.write(b"    </body>\n  </text>\n</tbx>\n")


def _identifiers(iris: Iterable[str]) -> dict[str, str]:
    """Give each concept its identifier; of those that would share one, the later get a number."""
    found: dict[str, str] = {}
    uses: Counter[str] = Counter()
    for iri in iris:
        name = identifier(iri)
        uses[name] += 1
        found[iri] = f"{name}.{uses[name]}" if uses[name] > 1 else name
    return found


def identifier(iri: str) -> str:
    """Make an XML identifier of an IRI: its last two parts.

    >>> identifier("https://w3id.org/aisi-kg/term/risk-area/misuse")
    'risk-area.misuse'
    """
    name = ".".join(re.split(r"[/#]", iri.rstrip("/#"))[-2:])
    safe = re.sub(r"[^\w.-]", "_", name)
    return safe if re.match(r"[^\W\d]", safe) else f"c-{safe}"


def _head(schemes: Sequence[Scheme], manifest: Manifest, style: str) -> Iterator[str]:
    title = schemes[0].title if len(schemes) == 1 else _TITLE
    modules = f' xmlns:min="{MIN}" xmlns:basic="{BASIC}"' if style == "dct" else ""
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    for href, kind in _MODELS[style]:
        yield f'<?xml-model href="{href}" type="application/xml" schematypens="{kind}"?>'
    yield f'<tbx type="TBX-Basic" style="{style}" xml:lang="en" xmlns="{NAMESPACE}"{modules}>'
    yield "  <tbxHeader>"
    yield "    <fileDesc>"
    yield f"      <titleStmt><title>{escape(title.get('en') or next(iter(title.values()), ''))}</title></titleStmt>"
    yield "      <publicationStmt>"
    rights = [CREATOR_NAME, LICENCE] if ours(scheme.iri for scheme in schemes) else []
    yield f"        <p>{', '.join([manifest.issued or manifest.version, *rights])}</p>"
    yield "      </publicationStmt>"
    yield "      <sourceDesc>"
    yield f"        <p>aisi-kg {escape(manifest.version)}</p>"
    for scheme in schemes:
        yield f"        <p>{escape(scheme.iri)}</p>"
    yield "      </sourceDesc>"
    yield "    </fileDesc>"
    yield "  </tbxHeader>"
    yield "  <text>"
    yield "    <body>"


def _entry(scheme: Scheme, entry: Entry, ids: dict[str, str], style: _Style) -> Iterator[str]:
    yield f'      <conceptEntry id="{ids[entry.iri]}">'
    subject = " / ".join(scheme.title[lang] for lang in LANGUAGES if lang in scheme.title)
    yield f"        {style.category('subjectField', subject or scheme.name)}"
    yield f"        {style.category('externalCrossReference', entry.iri, entry.iri)}"
    for other in (*entry.links.get("broader", ()), *entry.links.get("isReplacedBy", ())):
        if other in ids:
            yield f"        {style.category('crossReference', other, ids[other])}"
    for reference in entry.references:
        yield f"        {style.category('source', f'{reference.source} {reference.locator}')}"
    for lang in _spoken(entry):
        yield from _language(entry, lang, style)
    yield "      </conceptEntry>"


def _spoken(entry: Entry) -> list[str]:
    return [lang for lang in entry.languages() if _terms(entry, lang)]


def _language(entry: Entry, lang: str, style: _Style) -> Iterator[str]:
    yield f'        <langSec xml:lang="{lang}">'
    for definition in entry.definitions_in(lang):
        yield from _definition(definition, style)
    for note in (*entry.text("scopeNote", lang), *entry.text("changeNote", lang)):
        yield f"          <note>{escape(note)}</note>"
    for term, status in _terms(entry, lang):
        yield "          <termSec>"
        yield f"            <term>{escape(term)}</term>"
        yield f"            {style.category('administrativeStatus', STATUSES[status])}"
        yield "          </termSec>"
    yield "        </langSec>"


def _definition(definition: Definition, style: _Style) -> Iterator[str]:
    yield "          <descripGrp>"
    yield f"            {style.category('definition', definition.text)}"
    for reference in definition.references:
        source = f"{definition.kind}: {reference.words(definition.lang)}".removeprefix(": ")
        yield f"            {style.category('source', source)}"
    yield "          </descripGrp>"


def _terms(entry: Entry, lang: str) -> list[tuple[str, str]]:
    """Give the terms of one language with their status; those of a deprecated concept are superseded."""
    preferred, admitted = ("superseded", "superseded") if entry.deprecated else ("preferred", "admitted")
    terms = [(term, entry.statuses.get(term) or preferred) for term in entry.text("prefLabel", lang)]
    terms += [(term, entry.statuses.get(term) or admitted) for term in entry.text("altLabel", lang)]
    return [(term, status if status in STATUSES else admitted) for term, status in terms]
