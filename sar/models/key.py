"""The wrapped key under which a case's files are encrypted; destroying it destroys the files."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from sar.models.base import Base


class DataKey(Base):
    """A 32-byte key for one case, or for a council's mail that has no case yet.

    `wrapped` is the key encrypted under the council's own key `kek_id`; it is emptied, and
    `destroyed_at` set, when retention destroys the files.
    """

    controller_code: Mapped[str] = mapped_column(String(20), index=True)
    case_id: Mapped[UUID | None] = mapped_column(index=True)
    kek_id: Mapped[str] = mapped_column(String(40))
    wrapped: Mapped[bytes | None] = mapped_column(LargeBinary(200))
    destroyed_at: Mapped[datetime | None]
