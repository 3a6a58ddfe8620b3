"""Staff sign in and out."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user, logout_user
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovPasswordInput, GovSubmitInput, GovTextInput
from wtforms import EmailField, PasswordField, SubmitField
from wtforms.validators import DataRequired, Length

from sar.domain.permissions import Permission
from sar.services import users
from sar.services.actor import system
from sar.web.access import actor, allow_anyone, allow_signed_in, may, now
from sar.web.limits import limit
from sar.web.transaction import writes

auth = Blueprint("auth", __name__)


class SignInForm(FlaskForm):
    """E-mail address and password."""

    email = EmailField(
        "Email address",
        widget=GovTextInput(),
        validators=[DataRequired("Enter your email address"), Length(max=254)],
    )
    password = PasswordField(
        "Password",
        widget=GovPasswordInput(),
        validators=[DataRequired("Enter your password"), Length(max=128)],
    )
    submit = SubmitField("Sign in", widget=GovSubmitInput())


@auth.get("/")
@allow_signed_in
def home() -> ResponseReturnValue:
    """Sends each person to where their work is."""
    places = (
        (Permission.CASE_READ, "officer.show_work"),
        (Permission.SEARCH_ANSWER, "team.list_searches"),
        (Permission.SETTINGS_READ, "admin.list_tasks"),
    )
    for permission, endpoint in places:
        if may(permission):
            return redirect(url_for(endpoint))
    return render_template("auth/nothing_here.html")


@auth.route("/sign-in", methods=["GET", "POST"])
@allow_anyone("nobody is signed in yet")
@limit("10 per minute; 60 per hour", methods=["POST"])
@writes
def sign_in() -> ResponseReturnValue:
    """Asks who it is; one answer for a wrong name and a wrong password."""
    form = SignInForm()
    is_wrong = False
    if form.validate_on_submit():
        staff = users.sign_in(form.email.data or "", form.password.data or "", system(now()))
        if staff is not None:
            session.clear()
            session.permanent = True
            login_user(staff)
            return redirect(_own_path(request.args.get("next")) or url_for("auth.home"))
        is_wrong = True
    return render_template("auth/sign_in.html", form=form, is_wrong=is_wrong)


@auth.post("/sign-out")
@allow_signed_in
@writes
def sign_out() -> ResponseReturnValue:
    """Ends every session of this person."""
    users.sign_out(actor())
    logout_user()
    session.clear()
    return redirect(url_for("auth.sign_in"))


@auth.get("/health")
@allow_anyone("says only that the program answers")
def health() -> ResponseReturnValue:
    """For the supervisor and load balancers."""
    return "ok\n", 200, {"Content-Type": "text/plain"}


def _own_path(target: str | None) -> str | None:
    """A path of ours to go on to, or None: never another site's (open redirect)."""
    if not target:
        return None
    parts = urlsplit(target)
    is_own = not parts.scheme and not parts.netloc and target.startswith("/")
    return target if is_own and not target.startswith(("//", "/\\")) else None
