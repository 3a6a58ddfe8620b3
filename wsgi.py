"""What the web server loads, once, before it forks."""

import os

from config import Config
from sar.app import create_app
from sar.extensions import db

app = create_app(Config.from_env())
with app.app_context():
    engine = db.engine
# A connection of the process that forked us is not ours to use, nor to close.
os.register_at_fork(after_in_child=lambda: engine.dispose(close=False))
