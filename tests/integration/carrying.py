"""Carries every owed job to its end, as a worker would, in this process."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from sar.extensions import db
from sar.models.engine import Transactions, transactions
from sar.models.job import Job, JobState
from workers.carrier import Carrier
from workers.lease import LEASE, Leases
from workers.queues import TASKS


def carry_all(app: Flask) -> list[str]:
    """The names of the jobs done, in order."""
    done = []
    with app.app_context():
        carrier = Carrier(app, TASKS, Leases(db.engine, LEASE))
    while (job := _next(app)) is not None:
        carrier.carry(job.id)
        done.append(job.name)
    return done


def _next(app: Flask) -> Job | None:
    with app.app_context(), transactions(Transactions.READ):
        return db.session.scalar(
            select(Job).where(Job.state == JobState.QUEUED).order_by(Job.created_at).limit(1)
        )
