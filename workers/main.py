"""What `celery -A workers.main` starts: the desk's own workers."""

from config import Config
from sar.app import create_app
from workers.app import make_celery
from workers.queues import TASKS

config = Config.from_env()
celery = make_celery(config, lambda: create_app(config), TASKS)
