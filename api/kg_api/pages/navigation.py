"""Where the pages stand: sections of the site, the pages of each, and which section a page belongs to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """A part of the site: its name in the interface texts, its pages (the first leads), where its records lie."""

    name: str
    pages: tuple[tuple[str, str], ...]
    records: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Give the address that leads into the section."""
        return self.pages[0][0]

    def holds(self, path: str) -> bool:
        """Tell whether a page or record is part of the section."""
        return path in dict(self.pages) or path.startswith(self.records)


SECTIONS = (
    Section(
        "nav_map",
        (
            ("/", "nav_matrix"),
            ("/uncovered", "uncovered_title"),
            ("/unrecorded", "unrecorded_title"),
            ("/compare", "compare_title"),
            ("/changes", "changes_title"),
            ("/whatif", "whatif_title"),
        ),
        ("/cell",),
    ),
    Section("nav_gaps", (("/gaps", "gaps_title"),), ("/gaps/",)),
    Section("nav_commitments", (("/commitments", "commitments_title"),), ("/provision/",)),
    Section(
        "nav_relations",
        (
            ("/relations", "nav_network"),
            ("/?rows=actor&columns=practice-area", "nav_who"),
            ("/associations", "associations_title"),
        ),
    ),
    Section(
        "nav_records",
        (
            ("/actors", "nav_actors"),
            ("/institutes", "nav_institutes"),
            ("/activities", "activities_title"),
            ("/instruments", "instruments_title"),
            ("/sources", "nav_sources"),
        ),
        ("/actor/", "/activity/", "/instrument/", "/source/", "/citation/"),
    ),
    Section(
        "nav_terms",
        (
            ("/terms", "terms_title"),
            ("/annotate", "annotate_title"),
            ("/annotate/compare", "annotate_compare"),
            ("/crosswalk", "crosswalk_title"),
        ),
        ("/term/", "/scheme/", "/mapping/"),
    ),
    Section("nav_sparql", (("/query", "nav_sparql"),)),
    Section(
        "nav_about",
        (
            ("/about", "about_title"),
            ("/downloads", "nav_downloads"),
            ("/api", "nav_api"),
            ("/ontology", "ontology_title"),
        ),
    ),
)


def section_of(path: str) -> Section | None:
    """Give the section that a page belongs to, or none."""
    return next((section for section in SECTIONS if section.holds(path)), None)
