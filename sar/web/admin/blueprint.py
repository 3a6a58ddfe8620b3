"""The administrator's blueprint; its views register themselves when their modules are imported."""

from flask import Blueprint

admin = Blueprint("admin", __name__)
