"""What a snapshot holds now, ready to be compared with another: names, days and facts of its records."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from kg.analyses import protocol_names, read_analysis
from kg.catalog import load_query
from kg.gaps import GapAnalysis
from kg.gaps.model import Text
from kg.snapshot import Snapshot
from kg.store import EmbeddedStore, Row
from kg.vocab import compact

Facts = dict[str, tuple[str, ...]]
BROADER = "skos:broader"


@dataclass(frozen=True)
class State:
    """A snapshot with what its records are compared by."""

    snapshot: Snapshot

    @cached_property
    def analysis(self) -> GapAnalysis | None:
        """Give the gap analysis under the default protocol, or None where there is no protocol."""
        return read_analysis(self.snapshot, None) if protocol_names(self.snapshot) else None

    @cached_property
    def terms(self) -> dict[str, Facts]:
        """Give what is said of each concept; texts of each language apart, as in `skos:definition@ja`."""
        return self._facts("terms")

    @cached_property
    def activities(self) -> dict[str, Facts]:
        """Give what is said of each activity."""
        return self._facts("activities")

    def label(self, iri: str) -> Text:
        """Give the name of a record, in the other language where one is missing."""
        labels = self._labels.get(iri, {})
        some = next(iter(labels.values()), compact(iri))
        return Text(ja=labels.get("ja", some), en=labels.get("en", some))

    def day(self, iri: str) -> str:
        """Give the day on which a source of a record was last read, or that of the whole graph."""
        return self._days.get(iri, self.snapshot.manifest.data_as_of)

    def rolled_up(self, areas: Iterable[str]) -> tuple[str, ...]:
        """Give areas with everything broader: what happens in a part happens in the whole."""
        found: set[str] = set()
        waiting = list(areas)
        while waiting:
            area = waiting.pop()
            if area not in found:
                found.add(area)
                waiting += self.terms.get(area, {}).get(BROADER, ())
        return tuple(sorted(found))

    @cached_property
    def _store(self) -> EmbeddedStore:
        return EmbeddedStore.open(self.snapshot.store)

    def _rows(self, query: str) -> list[Row]:
        return self._store.select(load_query(f"news/{query}").text)

    @cached_property
    def _labels(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for row in self._rows("labels"):
            label = row["label"]
            language = label.language or "" if isinstance(label, ox.Literal) else ""
            found.setdefault(row["record"].value, {}).setdefault(language, label.value)
        return found

    @cached_property
    def _days(self) -> dict[str, str]:
        return {row["record"].value: row["day"].value for row in self._rows("days")}

    def _facts(self, query: str) -> dict[str, Facts]:
        found: dict[str, dict[str, list[str]]] = {}
        for row in self._rows(query):
            facts = found.setdefault(row["record"].value, {})
            facts.setdefault(_name(row), []).append(row["value"].value)
        return {
            iri: {name: tuple(values) for name, values in facts.items()}
            for iri, facts in found.items()
            if iri in self._labels  # a concept that is only pointed to has no label here
        }


def _name(row: Row) -> str:
    value, name = row["value"], compact(row["property"].value)
    return f"{name}@{value.language}" if isinstance(value, ox.Literal) and value.language else name
