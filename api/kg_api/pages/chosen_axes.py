"""Which map a reader has chosen: a protocol, or two axes that perhaps no protocol spans."""

from dataclasses import dataclass

from kg.gaps import GapAnalysis
from kg.gaps.protocol import ProtocolName
from kg.records.model import Labels
from kg.vocab import BASE
from kg_api.axes import ACTORS, AXES, known_axis
from kg_api.site import Site
from kg_api.wording import LANGUAGES, texts


@dataclass(frozen=True)
class Axes:
    """The axes of the map and what else can be chosen; `analysis` is missing where no protocol spans them."""

    rows: str
    columns: str
    analysis: GapAnalysis | None
    protocols: dict[str, ProtocolName]
    names: dict[str, Labels]


def chosen_axes(site: Site, protocol: str | None, rows: str, columns: str) -> Axes:
    """Find the analysis that is meant: the protocol named, unless other axes are asked for."""
    named = site.protocol_name(protocol)
    spanned = site.protocol_axes
    pair = (
        (rows and known_axis(rows)) or spanned[named][0],
        (columns and known_axis(columns)) or spanned[named][1],
    )
    same = {name: site.protocols[name] for name, axes in spanned.items() if axes == pair}
    found = named if named in same else next(iter(same), None)
    labels = {name: _labels(site, name) for name in AXES}
    return Axes(*pair, site.analysis(found) if found else None, same, labels)


def _labels(site: Site, name: str) -> Labels:
    """Give the labels of an axis: of its scheme, or of the class of actors."""
    if name == ACTORS:
        return {lang: texts()["nav_actors"][lang] for lang in LANGUAGES}
    scheme = site.schemes.get(f"{BASE}scheme/{name}")
    return scheme.label if scheme else {"": name}
