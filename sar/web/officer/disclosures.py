"""Bundles of a case: ordering, watching, releasing, ending a link."""

from __future__ import annotations

import uuid

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from sar.domain.permissions import Permission
from sar.services import bundles, cases, disclosures, due, progress
from sar.services.disclosures import Release
from sar.web.access import actor, allow
from sar.web.downloads import as_download
from sar.web.fields import text_field, tick_field
from sar.web.forms import attempt, render_form
from sar.web.officer.blueprint import officer
from sar.web.transaction import writes


class ReleaseForm(FlaskForm):
    """The recipient read back, and the reference typed again."""

    is_right_person = tick_field(
        "This is the right person and the right address", "Confirm the recipient"
    )
    reference = text_field(
        "Type the reference of the case", "Type the reference of the case", limit=20
    )


@officer.get("/officer/cases/<uuid:case_id>/bundles")
@allow(Permission.BUNDLE_READ)
def show_bundles(case_id: uuid.UUID) -> ResponseReturnValue:
    """Every bundle of a case, how far it is, and to whom it was released."""
    case = cases.case_for(case_id, actor(), Permission.BUNDLE_READ)
    newest = bundles.latest(case)
    return render_template(
        "officer/show_bundles.html",
        case=case,
        due=due.due_of(case, actor().today),
        bundles=bundles.of_case(case),
        newest=newest,
        progress=progress.of_subject(newest.id) if newest else None,
        releases=disclosures.of_case(case),
        now=actor().now,
    )


@officer.get("/officer/bundles/<uuid:bundle_id>/progress")
@allow(Permission.BUNDLE_READ)
def show_bundle_progress(bundle_id: uuid.UUID) -> ResponseReturnValue:
    """How far a bundle is: a fragment that refreshes itself."""
    bundle = bundles.bundle_for(bundle_id, actor())
    return render_template(
        "officer/bundle_progress.html", bundle=bundle, progress=progress.of_subject(bundle.id)
    )


@officer.post("/officer/cases/<uuid:case_id>/bundles")
@allow(Permission.BUNDLE_BUILD)
@writes
def order_bundle(case_id: uuid.UUID) -> ResponseReturnValue:
    """Owes a bundle of exactly what was approved."""
    bundles.order_bundle(case_id, actor())
    flash("The bundle is being built. You can leave this page.", "done")
    return redirect(url_for("officer.show_bundles", case_id=case_id))


@officer.get("/officer/bundles/<uuid:bundle_id>/files/<uuid:file_id>")
@allow(Permission.BUNDLE_READ)
def download_bundle_file(bundle_id: uuid.UUID, file_id: uuid.UUID) -> Response:
    """A file of a verified bundle, for the officer to look through before release."""
    file = bundles.file_of(bundles.bundle_for(bundle_id, actor()), file_id)
    return as_download(file, bundles.read_file)


@officer.route(
    "/officer/cases/<uuid:case_id>/bundles/<uuid:bundle_id>/release", methods=["GET", "POST"]
)
@allow(Permission.DISCLOSURE_RELEASE)
@writes
def release_bundle(case_id: uuid.UUID, bundle_id: uuid.UUID) -> ResponseReturnValue:
    """Reads the recipient back, and sends the link once the reference has been typed."""
    form = ReleaseForm()
    if form.validate_on_submit():
        confirmed = Release(bundle_id, form.reference.data or "")
        if attempt(form, lambda: disclosures.release(case_id, confirmed, actor())):
            flash("The link has been sent. The requester opens it when it suits them.", "done")
            return redirect(url_for("officer.show_bundles", case_id=case_id))
    case = cases.case_for(case_id, actor(), Permission.DISCLOSURE_RELEASE)
    return render_form(
        "officer/release_bundle.html",
        form,
        case=case,
        due=due.due_of(case, actor().today),
        bundle=bundles.bundle_of(case, bundle_id, actor()),
        recipient=cases.requester_of(case),
    )


@officer.post("/officer/releases/<uuid:disclosure_id>/revoke")
@allow(Permission.DISCLOSURE_REVOKE)
@writes
def revoke_release(disclosure_id: uuid.UUID) -> ResponseReturnValue:
    """Ends a link at once."""
    ended = disclosures.revoke(disclosure_id, actor())
    flash("The link has been ended.", "done")
    return redirect(url_for("officer.show_bundles", case_id=ended.case_id))
