"""A small application, and jobs whose effects can be counted, for the tests of jobs."""

import time
from pathlib import Path
from uuid import UUID

from flask import Flask
from sqlalchemy import Column, Integer, MetaData, Table, Uuid, func, insert, select

from config import Config
from sar.adapters.doors import Doors, open_doors
from sar.adapters.files import FileStore
from sar.adapters.inbox import DropFolders
from sar.adapters.jobs import JobName, JobSender, Report, Stage, Stages
from sar.adapters.keys import KeyRing
from sar.adapters.outbox import FolderOutbox
from sar.extensions import db
from sar.models.engine import Transactions, prepare_engine, transactions
from sar.models.job import Job, JobState
from workers.carrier import Task, saving

effects = Table("effect", MetaData(), Column("subject_id", Uuid), Column("attempt", Integer))


def join(config: Config, jobs: JobSender) -> Flask:
    """An application with a database and doors, and nothing of the web."""
    app = Flask("workplace")
    app.config["SQLALCHEMY_DATABASE_URI"] = config.database_url
    open_doors(
        Doors(
            keys=KeyRing(config.keys_dir),
            files=FileStore.at(config.store_url),
            jobs=jobs,
            inbox=DropFolders(config.mail_in_dir, ()),
            outbox=FolderOutbox(config.mail_out_dir),
            base_url=config.base_url,
        )
    )
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
    return app


def lay_tables(app: Flask) -> None:
    """Makes the two tables that jobs need here."""
    with app.app_context(), transactions(Transactions.WRITE), db.engine.begin() as connection:
        Job.__table__.create(connection, checkfirst=True)  # type: ignore[attr-defined]
        effects.create(connection, checkfirst=True)


def settings(folder: Path, database_url: str) -> dict[str, str]:
    """The variables that a process of this workplace starts with."""
    return {
        "SAR_ENV": "test",
        "SAR_DATA_DIR": str(folder / "data"),
        "SAR_KEYS_DIR": str(folder / "keys"),
        "DATABASE_URL": database_url,
    }


def leave_effect(subject_id: UUID) -> None:
    """What a job does, once, if all is well."""
    db.session.execute(insert(effects).values(subject_id=subject_id, attempt=1))


def slow(subject_id: UUID, report: Report) -> Stages:
    """A job that loads, works for a while and saves, with an effect at the end."""
    yield Stage.WORK
    for step in range(4):
        time.sleep(0.02)
        report(step + 1, 4, "Working")
    yield Stage.SAVE
    leave_effect(subject_id)
    time.sleep(0.02)


def quick(subject_id: UUID, report: Report) -> None:
    """A job of one transaction."""
    leave_effect(subject_id)


TASKS = {JobName.CONVERT_RECORD: Task(slow), JobName.SEND_MESSAGE: Task(quick)}


def owe(app: Flask, name: JobName, subject_id: UUID) -> UUID:
    """Owes a job in a transaction of its own, without telling anybody; returns its id."""
    with app.app_context(), saving():
        job = Job(name=name, subject_id=subject_id)
        db.session.add(job)
        db.session.flush()
        return job.id


def effect_counts(app: Flask) -> dict[UUID, int]:
    """How often each subject felt its effect."""
    counted = select(effects.c.subject_id, func.count()).group_by(effects.c.subject_id)
    with app.app_context(), transactions(Transactions.READ):
        found = {row[0]: row[1] for row in db.session.execute(counted)}
        db.session.close()
    return found


def states(app: Flask) -> dict[JobState, int]:
    """How many jobs are in each state."""
    counted = select(Job.state, func.count()).group_by(Job.state)
    with app.app_context(), transactions(Transactions.READ):
        found = {row[0]: row[1] for row in db.session.execute(counted)}
        db.session.close()
    return found
