"""How values of an analysis are shown to a reader, the same in HTML and in Markdown."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter

from kg.gaps.ledgers import TermRow
from kg.gaps.model import AxisValue, Gap, Ref
from kg.gaps.protocol import AxisSpec, WeightSpec
from kg.gaps.relation_values import Association, Interval
from kg.gaps.sentences import chance, depth_text
from kg.report.signs import SIGNS, key_of
from kg.report.sources import Part, SourceRow
from kg.report.view import Report
from kg.report.words import fixed_words
from kg.vocab import compact

_FIGURES = (
    "figures_long",
    "figures_log_odds",
    "figures_bridge",
    "figures_asked",
    "figures_priority",
    "figures_years",
)
_KINDS = ("coverage-role", "maturity", "evidence-grade", "verb-class", "hedge")
_MOSTLY = 0.95
_MADE_OF = ("evidence", "nearest", "negative", "owners")


@dataclass(frozen=True)
class Show:
    """Writes what stands in a report in the reader's language."""

    report: Report

    def axis_name(self, axis: AxisSpec) -> str:
        """Name an axis by its scheme, or by the property that it is read from."""
        if axis.scheme is not None:
            return self.report.words.of(axis.scheme.label)
        return compact(axis.property or "")

    def axis_value(self, iri: str | None) -> str:
        """Name a value of an axis; None means all of them."""
        if iri is None:
            return self.report.words("everything")
        value = self.report.axis_values.get(iri)
        return self.report.words.of(value.label) if value else compact(iri)

    def protocol(self) -> str:
        """Name the protocol with its version."""
        words, protocol = self.report.words, self.report.analysis.protocol
        label = words.of(protocol.label)
        return words("protocol_version", label=label, version=protocol.version) if protocol.version else label

    def title(self) -> str:
        """Name the report; only of our own map does it say what the activities are about."""
        return self.report.words(title_key(self.report))

    def about(self) -> str:
        """Say in one line how far the search went, and which data this is; of foreign data no licence is claimed."""
        words, manifest = self.report.words, self.report.manifest
        parts = [
            words("cut_off_on", date=words.day(self.report.analysis.protocol.cut_off)),
            *([words("as_of", date=words.day(manifest.data_as_of))] if manifest.data_as_of else []),
            words("version_is", version=manifest.version),
            *([words("licence")] if self.report.ours else []),
        ]
        return " · ".join(parts)

    def citation(self) -> str:
        """Say how the report is cited."""
        words, manifest = self.report.words, self.report.manifest
        day = words.day(manifest.data_as_of or None)
        return words(
            "cite_value", title=self.title(), protocol=self.protocol(), version=manifest.version, date=day
        )

    def sure_weights(self) -> str:
        """Say how many gaps rest on the weights, and how many of them remain gaps whatever these are."""
        draws, total = self.report.analysis.protocol.draws, len(self.report.analysis.gaps)
        all_of, words = self.report.robust_of_weighed, self.report.words
        number = all_of.always + all_of.mostly + all_of.half + all_of.seldom
        if not number:
            return words("sure_weights_none")
        if all_of.always == number:
            return words("sure_weights_all", draws=draws, total=total, n=number)
        counts = {"always": all_of.always, "mostly": all_of.mostly, "rest": all_of.half + all_of.seldom}
        return words("sure_weights", draws=draws, total=total, n=number, **counts)

    def sure_covered(self) -> str:
        """Say how many covered cells remain so whatever the weights are; nothing where none is covered."""
        covered = [cell for cell in self.report.map.values() if cell.status == "COVERED"]
        stays = sorted(1.0 if cell.stays is None else cell.stays for cell in covered)
        if not stays:
            return ""
        words, draws = self.report.words, self.report.analysis.protocol.draws
        firm = sum(share >= _MOSTLY for share in stays)
        if firm == len(stays):
            return words("sure_covered_all", n=firm, draws=draws)
        worst = words.share(1 - stays[0])
        return words(
            "sure_covered", n=len(stays), draws=draws, firm=firm, rest=len(stays) - firm, worst=worst
        )

    def title_of(self, gap: Gap) -> str:
        """Name what a gap is about."""
        found: list[Ref | None] = [gap.record]
        if gap.cell is not None:
            found = [gap.cell.area, gap.cell.facet, gap.cell.group]
        title = " × ".join(self.report.words.of(ref.label) for ref in found if ref is not None)
        return title or self.report.words(f"type_{gap.type}")

    def figures_of(self, gap: Gap) -> str:
        """Write the figures of a gap in the one pattern that uses what it has."""
        for key in _FIGURES:
            names = {name for _, name, _, _ in Formatter().parse(fixed_words()[key]["en"]) if name}
            if names <= set(gap.figures):
                return self.report.words(key, **{name: _number(name, gap.figures) for name in names})
        return ""

    def lacking(self, gap: Gap) -> str:
        """List what a gap has nothing of on record."""
        words = self.report.words
        parts = {"evidence": "gap_evidence"}
        return words.listed(words(parts.get(part, part)) for part in _MADE_OF if not getattr(gap, part))

    def missing(self, row: TermRow) -> str:
        """List what a term lacks, as far as the row shows it."""
        words, lacks = self.report.words, []
        for key, found in (("term", row.labels), ("definition_in", row.definitions)):
            for lang in ("ja", "en"):
                if lang not in found:
                    name = words(f"term_{lang}")
                    lacks.append(name if key == "term" else words("definition_in", language=name))
        if row.gaps and not row.mappings and not row.no_match:
            lacks.append(words("mapping"))
        return words.listed(lacks)

    def read_all(self, gap: Gap) -> bool:
        """Tell whether a gap stands on everything that was read to the end."""
        return {one.iri for one in gap.completeness} == {one.iri for one in self.report.completeness}

    def part_read(self, row: SourceRow, part: Part) -> str:
        """Name what was read to the end of a document, and up to when it speaks."""
        words = self.report.words
        whole = part.source.iri == row.document.iri
        parts = words("read_whole") if whole else words.of(part.source.label)
        return words("read_as_of", parts=parts, date=words.day(part.as_of))

    def cell_anchor(self, gap: Gap) -> str:
        """Name the place of a gap's cell in the report, if it has one."""
        if gap.cell is None or gap.cell.facet is None:
            return ""
        values = self.report.axis_values
        area, facet = values.get(gap.cell.area.iri), values.get(gap.cell.facet.iri)
        return f"c{area.order}-{facet.order}" if area and facet else ""

    def chance(self, p: float) -> str:
        """Write a p value without its name."""
        return chance(p).removeprefix("p").removeprefix("=")

    def interval(self, figure: Interval | None) -> str:
        """Write a figure with its interval."""
        if figure is None:
            return "–"
        dash = "〜" if self.report.words.lang == "ja" else " to "
        return f"{figure.value:.2f} ({figure.low:.2f}{dash}{figure.high:.2f})"

    def counts_of(self, area: AxisValue) -> Mapping[str, int]:
        """Count the cells of one area by status, in the order of the grammar."""
        counts = Counter(
            key_of(self.report.map[area.iri, facet.iri]) for facet in self.report.analysis.facets
        )
        return {key: counts[key] for key in SIGNS if counts[key]}

    def weights_by_kind(self) -> list[tuple[str, list[WeightSpec]]]:
        """Give the weights with the names of their kinds, the heaviest of each kind first."""
        found: dict[str, list[WeightSpec]] = defaultdict(list)
        for weight in self.report.analysis.protocol.weights:
            kind = weight.kind.rstrip("/").rsplit("/", 1)[-1]
            found[kind if kind in _KINDS else "other"].append(weight)
        words = self.report.words
        return [
            (words(f"weights_{kind}"), sorted(found[kind], key=lambda w: (-w.value, w.concept.iri)))
            for kind in (*_KINDS, "other")
            if kind in found
        ]

    def tested(self) -> list[Association]:
        """Give the pairs of areas that could be tested, the clearest difference first."""
        pairs = [one for one in self._pairs() if one.verdict != "not-testable"]
        return sorted(
            pairs, key=lambda one: (min(one.q_together, one.q_apart), one.first.iri, one.second.iri)
        )

    def untested(self) -> list[Association]:
        """Give the pairs that could not be tested but share something, those that share most first."""
        pairs = [one for one in self._pairs() if one.verdict == "not-testable" and one.in_both]
        return sorted(pairs, key=lambda one: (-one.in_both, one.first.iri, one.second.iri))

    def verdicts(self) -> Counter[str]:
        """Count the verdicts."""
        return Counter(one.verdict for one in self._pairs())

    def _pairs(self) -> tuple[Association, ...]:
        return self.report.relations.associations if self.report.relations else ()


def title_key(report: Report) -> str:
    """Give the key of the title."""
    return "title" if report.ours else "title_any"


def anchor(name: str) -> str:
    """Make an anchor of a query's name."""
    return "query-" + re.sub(r"[^a-z0-9]+", "-", name.lower())


def web(iri: str) -> bool:
    """Tell whether an IRI may become a link: only those of the web, so no script hides in one."""
    return iri.startswith(("https://", "http://"))


def _number(name: str, figures: Mapping[str, float]) -> str:
    value = figures[name]
    if name in ("p", "q"):
        return chance(value).removeprefix("p").replace("=", "= ").replace("<", "< ")
    if name == "depth":
        return depth_text(value, figures.get("target"))
    return f"{value:.0f}" if value == int(value) and name != "target" else f"{value:.2f}"
