"""What the tests start as a real worker: `celery -A tests.integration.worker_main worker`."""

from datetime import timedelta

from config import Config
from sar.adapters.jobs import BrokerSender
from tests.integration import workplace
from workers import lease
from workers.app import make_celery

config = Config.from_env()
lease.LEASE = timedelta(seconds=3)
celery = make_celery(
    config,
    lambda: workplace.join(config, BrokerSender(config.broker_url)),
    workplace.TASKS,
)
