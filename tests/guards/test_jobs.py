import inspect

import pytest

from sar.adapters.jobs import QUEUE_OF, JobName, Queue
from workers.programs import QUEUES
from workers.queues import TASKS
from workers.schedule import PERIODIC
from workers.tasks import documents, mail, upkeep

LONGEST_TASK = 12


def test_every_job_has_one_task_and_one_queue() -> None:
    assert set(TASKS) == set(QUEUE_OF) == set(JobName)


def test_a_task_is_named_as_its_job_in_snake_case() -> None:
    for name, task in TASKS.items():
        assert getattr(task.run, "__name__", "") == name.replace("-", "_")


def test_every_queue_has_exactly_one_worker() -> None:
    served = [queue for queues in QUEUES.values() for queue in queues]
    assert sorted(served) == sorted(Queue)


@pytest.mark.parametrize("module", [documents, mail, upkeep])
def test_a_task_decides_nothing_and_so_is_short(module: object) -> None:
    for name, task in inspect.getmembers(module, inspect.isfunction):
        if task.__module__.startswith("workers.tasks"):
            assert len(inspect.getsource(task).splitlines()) <= LONGEST_TASK, name


def test_what_comes_round_by_the_clock_is_a_job() -> None:
    assert set(PERIODIC) <= set(JobName)
