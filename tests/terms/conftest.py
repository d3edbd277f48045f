"""A small graph of terms, and the services over it."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pyoxigraph as ox
import pytest
from fastapi import FastAPI

from kg.settings import TextSettings
from kg.store import EmbeddedStore
from kg.terms import LabelRecord, TermIndex, labels_from
from kg.terms.reconcile_data import Properties
from kg.terms.thesaurus import Thesaurus
from kg_api import jskos, reconcile, reconcile_draft, skosmos, skosmos_vocabulary
from kg_api.pages.errors import add_error_handlers
from kg_api.turns import Turns

from .asgi import Client

CONCEPT = "http://www.w3.org/2004/02/skos/core#Concept"
ACTOR = "https://w3id.org/aisi-kg/ontology#Actor"


def _record(iri: str, *labels: tuple[str, ...], **features: object) -> list[LabelRecord]:
    named = [dict(zip(("label", "lang", "kind"), label, strict=False)) for label in labels]
    return [LabelRecord.model_validate({"iri": iri, "type": CONCEPT, **features, **label}) for label in named]


def small_labels() -> list[LabelRecord]:
    """Twelve records with labels of every kind."""
    return [
        *_record("x:red", ("レッドチーミング", "ja"), ("Red teaming", "en"), scheme="x:activity"),
        *_record("x:safety", ("安全性", "ja"), ("Safety", "en"), scheme="x:property"),
        *_record(
            "x:ai-safety",
            ("AIセーフティ", "ja"),
            ("AI safety", "en"),
            ("AI安全性", "ja", "alt"),
            broader=("x:safety",),
        ),
        *_record(
            "x:toxic",
            ("有害情報の出力制御", "ja"),
            ("Control of toxic output", "en"),
            broader=("x:ai-safety",),
        ),
        *_record("x:server", ("サーバー", "ja"), ("server", "en")),
        *_record("x:eval", ("評価", "ja"), ("Evaluation", "en"), ("ヒョウカ", "ja-Kana", "reading")),
        *_record("x:org", ("組織", "ja"), ("Organisation", "en"), ("設計、開発及び利用", "ja", "attested")),
        *_record("x:design", ("設計", "ja"), ("Design", "en"), ("設計、開発及び利用", "ja", "attested")),
        *_record(
            "x:aisi", ("AIセーフティ・インスティテュート", "ja"), ("AI Safety Institute", "en"), type=ACTOR
        ),
        *_record(
            "x:meti",
            ("経済産業省", "ja"),
            ("Ministry of Economy, Trade and Industry (METI)", "en"),
            type=ACTOR,
        ),
        *_record(
            "x:uk",
            ("AIセキュリティ・インスティテュート", "ja"),
            ("英国旧称の研究所", "ja", "former"),
            type=ACTOR,
        ),
        *_record(
            "x:old",
            ("旧い安全", "ja"),
            ("old safety", "en"),
            deprecated=True,
            replacements=("x:safety", "x:ai-safety"),
        ),
    ]


@pytest.fixture(scope="session")
def index() -> TermIndex:
    return TermIndex.build(small_labels())


@pytest.fixture
def first(index: TermIndex) -> Callable[[str], tuple[str, str]]:
    """The record and the rung of the best hit."""

    def best(query: str) -> tuple[str, str]:
        hit = index.search(query).items[0]
        return hit.iri, hit.rung

    return best


@pytest.fixture(scope="session")
def small_graph() -> EmbeddedStore:
    store = ox.Store()
    store.load(path=Path(__file__).with_name("small.ttl"), format=ox.RdfFormat.TURTLE)
    return EmbeddedStore(store)


@pytest.fixture(scope="session")
def small_graph_labels(small_graph: EmbeddedStore) -> list[LabelRecord]:
    return labels_from(small_graph)


@pytest.fixture(scope="session")
def client(small_graph: EmbeddedStore, small_graph_labels: list[LabelRecord]) -> Client:
    """A client of the vocabulary services over the small graph."""
    index = TermIndex.build(small_graph_labels)
    thesaurus = Thesaurus(index.table, small_graph)
    site = SimpleNamespace(
        store=small_graph,
        terms=index,
        thesaurus=thesaurus,
        properties=Properties(thesaurus),
        manifest=SimpleNamespace(version="test-1"),
    )
    app = FastAPI()
    app.state.live = SimpleNamespace(require=lambda: site)
    app.state.turns = Turns(TextSettings())
    add_error_handlers(app)
    for part in (skosmos, skosmos_vocabulary, reconcile, reconcile_draft, jskos):
        app.include_router(part.router)
    return Client(app)
