"""What every table has, and the column types that mean the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from sqlalchemy import DateTime, Dialect, Enum, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from sar.extensions import db


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, kept in UTC and always aware; SQLite would otherwise give it back naive."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC; raises ValueError for one that does not say its time zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"The moment {value.isoformat()} does not say its time zone.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The stored moment, aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def stored_enum(kind: type[StrEnum], length: int = 40) -> Enum:
    """A text column holding the enum's kebab-case values, checked in Python, never by name."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        validate_strings=True,
        length=length,
        values_callable=lambda members: [member.value for member in members],
    )


def now_utc() -> datetime:
    """The moment a row is made; rules never call this, they are given their time."""
    return datetime.now(UTC)


if TYPE_CHECKING:

    class Model(DeclarativeBase):
        """What mypy sees in place of `db.Model`."""

else:
    Model = db.Model

Model.registry.update_type_annotation_map({datetime: UtcDateTime(), StrEnum: stored_enum(StrEnum)})


class Base(Model):
    """A table with a random key and the moment its row was made."""

    __abstract__ = True

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=uuid4, sort_order=-2)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now_utc, sort_order=-1)
