"""The team's blueprint; its views register themselves when their modules are imported."""

from flask import Blueprint

team = Blueprint("team", __name__)
