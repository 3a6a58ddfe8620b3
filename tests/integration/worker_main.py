"""What the tests start as a real worker: `celery -A tests.integration.worker_main worker`."""

from datetime import timedelta

from config import Config
from sar.adapters.jobs import BrokerSender
from tests.integration import workplace
from workers.app import make_celery

config = Config.from_env()
celery = make_celery(
    config,
    lambda: workplace.join(config, BrokerSender(config.broker_url)),
    workplace.TASKS,
    lease=timedelta(seconds=2),
)
