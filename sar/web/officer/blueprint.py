"""The officer's blueprint; its views register themselves when their modules are imported."""

from flask import Blueprint

officer = Blueprint("officer", __name__)
