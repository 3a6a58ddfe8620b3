"""What `celery -A workers.clock beat` starts: the desk's scheduler, which is quick to be there."""

from config import Config
from workers.app import make_clock

celery = make_clock(Config.from_env())
