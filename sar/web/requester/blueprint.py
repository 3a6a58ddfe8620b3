"""The requester's blueprint; its views register themselves when their modules are imported."""

from flask import Blueprint

requester = Blueprint("requester", __name__)
