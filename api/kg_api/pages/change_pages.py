"""Pages of change: what changed between two versions of the data, and what a plan would change."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from kg.errors import CallerError, DataError, KgError
from kg.gaps import GapAnalysis, closing_set, whatif
from kg.gaps.change_values import CAUSES
from kg.gaps.plan_values import ClosingSet, WhatIf
from kg.gaps.plans import plan_store
from kg.records.model import Entry
from kg_api.live import Live
from kg_api.pages.context import page
from kg_api.pages.forms import LONGEST_TEXT, Form
from kg_api.pages.plan_form import FACTORS, PlanForm, factor_choices, plan_form, plan_turtle
from kg_api.pages.reader import reader_of
from kg_api.problems import NotFoundError
from kg_api.rest import Protocol, SiteOf
from kg_api.site import Site
from kg_api.versions import compare_versions, kept_versions

router = APIRouter(include_in_schema=False)

_KINDS = ("opened", "closed", "changed")

Name = Annotated[str, Query(max_length=300)]
Version = Annotated[str, Query(max_length=80, pattern=r"^([A-Za-z0-9][A-Za-z0-9.-]*)?$")]


@router.get("/changes")
def show_changes(
    request: Request,
    site: SiteOf,
    old: Annotated[Version, Query(alias="from")] = "",
    new: Annotated[Version, Query(alias="to")] = "",
    protocol: Protocol = None,
) -> HTMLResponse:
    """Say what changed on the map between two versions, each change with its cause."""
    live: Live = request.app.state.live
    analysis = site.analysis(protocol or None)
    versions = kept_versions(live.folder)
    others = [one.version for one in versions if one.version != site.manifest.version]
    chosen, new = old or next(iter(others), ""), new or site.manifest.version
    try:
        found = compare_versions(site, live.folder, chosen, new, protocol or None) if chosen else None
    except KgError:
        if old:
            raise
        found = None  # nobody asked for it: the older version is of another program or ontology
    by_kind = {kind: [one for one in found.gaps if one.kind == kind] for kind in _KINDS} if found else {}
    return page(
        request,
        site,
        "changes.html",
        analysis=analysis,
        protocols=site.protocols,
        versions=versions,
        old=chosen,
        new=new,
        found=found,
        by_kind=by_kind,
        causes=CAUSES,
    )


@router.get("/whatif")
def show_whatif(
    request: Request,
    site: SiteOf,
    area: Name = "",
    facet: Name = "",
    actor: Name = "",
    role: Name = "",
    maturity: Name = "",
    grade: Name = "",
    close: Annotated[str, Query(max_length=60)] = "",
    protocol: Protocol = None,
) -> HTMLResponse:
    """Try one planned activity on the map, or say what would close a gap; nothing is kept."""
    analysis = site.analysis(protocol or None)
    form = plan_form(area, facet, actor, {"role": role, "maturity": maturity, "grade": grade})
    _on_the_map(analysis, form)
    turtle = plan_turtle(form, analysis, _named(request, site, form.actor)) if form.is_filled else ""
    closing = closing_set(analysis, [close]) if close else None
    return _whatif_page(request, site, analysis, form, turtle, closing)


@router.post("/whatif")
def try_plan(request: Request, site: SiteOf, fields: Form, protocol: Protocol = None) -> HTMLResponse:
    """Try a plan that is sent as Turtle."""
    analysis = site.analysis(fields.get("protocol") or protocol or None)
    return _whatif_page(request, site, analysis, plan_form("", "", "", {}), fields.get("plan", ""))


def _whatif_page(
    request: Request,
    site: Site,
    analysis: GapAnalysis,
    form: PlanForm,
    turtle: str,
    closing: ClosingSet | None = None,
) -> HTMLResponse:
    outcome = _outcome(analysis, turtle) if turtle.strip() else None
    return page(
        request,
        site,
        "whatif.html",
        analysis=analysis,
        protocols=site.protocols,
        form=form,
        actors=_actors(site),
        factors=factor_choices(analysis),
        factor_names=FACTORS,
        turtle=turtle,
        outcome=outcome,
        longest=LONGEST_TEXT,
        closing=closing,
    )


def _outcome(analysis: GapAnalysis, turtle: str) -> WhatIf:
    try:
        return whatif(analysis, plan_store(turtle.encode()))
    except DataError as error:
        raise CallerError(str(error)) from error


def _on_the_map(analysis: GapAnalysis, form: PlanForm) -> None:
    for chosen, values in ((form.area, analysis.areas), (form.facet, analysis.facets)):
        if chosen and all(value.iri != chosen for value in values):
            raise NotFoundError(f"{chosen} is no row or column of this map; choose from the lists: /whatif.")


def _actors(site: Site) -> list[Entry]:
    return [Entry(iri=value.iri, label=value.label) for value in site.axis("actor")]


def _named(request: Request, site: Site, actor: str) -> str:
    """Give the label of an actor, or call it somebody new."""
    reader = reader_of(request)
    known = {value.iri: value.label for value in site.axis("actor")}
    if actor and actor not in known:
        raise NotFoundError(f"No activity of {actor} is on record; leave the actor out: /whatif.")
    return reader.text(known[actor]) if actor else reader.t("whatif_somebody")
