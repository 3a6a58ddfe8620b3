"""What comes round by the clock. Beat only says that it is time; a row then owes the work."""

from datetime import timedelta

from celery.schedules import crontab, schedule

from sar.adapters.jobs import QUEUE_OF, JobName, Queue

SWEEP = "sweep-jobs"
OWE = "owe-job"
SWEEP_EVERY = timedelta(seconds=15)

PERIODIC: dict[JobName, schedule] = {
    JobName.FREE_HELD_RECORDS: schedule(timedelta(minutes=2)),
    JobName.POLL_MAIL: schedule(timedelta(seconds=30)),
    JobName.VERIFY_AUDIT: crontab(hour="3", minute="10"),
}


def beat_entries() -> dict[str, dict[str, object]]:
    """The schedule as Celery's beat reads it; a round nobody took in its time is dropped."""
    upkeep = {"queue": Queue.UPKEEP.value, "expires": SWEEP_EVERY.total_seconds()}
    entries: dict[str, dict[str, object]] = {
        SWEEP: {"task": SWEEP, "schedule": SWEEP_EVERY, "options": upkeep}
    }
    for name, times in PERIODIC.items():
        options = {"queue": Queue.UPKEEP.value}
        assert name in QUEUE_OF
        entries[f"{OWE} {name}"] = {
            "task": OWE,
            "schedule": times,
            "args": (name.value,),
            "options": options,
        }
    return entries
