"""Who does what: every job's task, and whom to tell when it fails."""

from sar.adapters.jobs import JobName
from sar.services import bundles, conversion, correspondence
from workers.carrier import Task
from workers.tasks import documents, mail, upkeep

TASKS: dict[JobName, Task] = {
    JobName.BUILD_BUNDLE: Task(documents.build_bundle, bundles.refuse_bundle),
    JobName.COMPARE_RECORDS: Task(documents.compare_records),
    JobName.CONVERT_RECORD: Task(documents.convert_record, conversion.conversion_failed),
    JobName.FREE_HELD_RECORDS: Task(upkeep.free_held_records),
    JobName.POLL_MAIL: Task(mail.poll_mail),
    JobName.RECOUNT_CLOCKS: Task(upkeep.recount_clocks),
    JobName.SEND_MESSAGE: Task(mail.send_message, correspondence.sending_failed),
    JobName.VERIFY_AUDIT: Task(upkeep.verify_audit),
}
