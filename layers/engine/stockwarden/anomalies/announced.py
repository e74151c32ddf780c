"""Tells people what others do with anomalies: who is assigned one, and whom a comment mentions.

A notification is written in the transaction of the change, so that it is there exactly when the
change is. All changes of one request to a report make one for each person, which counts them.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from stockwarden.anomalies.records import id_of
from stockwarden.anomalies.report_access import ReportAccess, ReportView
from stockwarden.anomalies.transition import Transition
from stockwarden.audit.origin import UNKNOWN
from stockwarden.identity.access import Caller
from stockwarden.identity.user_ids import UserIds
from stockwarden.identity.usernames import canonical, may_exist
from stockwarden.notifications.kinds import NotificationKind
from stockwarden.operations.notifications import NotificationRepository
from stockwarden.storage.tables import Operation

# Of one comment; further ones are not told.
MOST_MENTIONED = 5
# With who is assigned.
MOST_OPERATIONS = MOST_MENTIONED + 1
# Not within an e-mail address. A name does not end with the dot of its sentence.
_MENTION = re.compile(r"(?<![\w@.])@([A-Za-z0-9][A-Za-z0-9._-]{1,62}[A-Za-z0-9])")


class Announcements:
    def __init__(
        self, notifications: NotificationRepository, reports: ReportAccess, user_ids: UserIds
    ) -> None:
        self.notifications = notifications
        self.reports = reports
        self.user_ids = user_ids

    def operations(
        self,
        caller: Caller,
        report: ReportView,
        transitions: Sequence[Transition],
        at: str,
        user_ids: Mapping[str, str],
    ) -> list[Operation]:
        """`MOST_OPERATIONS` at most. `at` (ISO 8601) is the same for all changes of a request;
        `user_ids` has the ids of assignees. Reads who is mentioned, if anybody is."""
        told = [
            (NotificationKind.ASSIGNMENT, name, user_ids.get(name, UNKNOWN), assigned)
            for name, assigned in _assigned(transitions).items()
            if name != caller.username
        ]
        mentioned = self._mentioned(caller, report, transitions)
        told += [
            (
                NotificationKind.MENTION,
                name,
                user_id,
                [each for each in transitions if each.comment],
            )
            for name, user_id in mentioned.items()
        ]
        return [
            self.notifications.counting(
                user_id,
                kind,
                at,
                report.id,
                caller.request_id,
                facts={
                    "report_id": report.id,
                    "anomaly_id": id_of(about[0].record),
                    "by": caller.user_id or UNKNOWN,
                },
                count=len(about),
            )
            for kind, _, user_id, about in told
            if user_id != UNKNOWN
        ]

    def _mentioned(
        self, caller: Caller, report: ReportView, transitions: Iterable[Transition]
    ) -> dict[str, str]:
        """{name: user id} of others who see the report."""
        comments = {transition.comment for transition in transitions if transition.comment}
        names = [name for comment in sorted(comments) for name in mentioned_names(comment)]
        others = [name for name in dict.fromkeys(names) if name != caller.username]
        if not others:
            return {}
        visible = self.reports.seen_by(report, others[:MOST_MENTIONED])
        return self.user_ids.find_ids(caller, visible)


def mentioned_names(comment: str) -> list[str]:
    """The user names that a comment mentions, `@ana`, each once, in their canonical form."""
    names = (canonical(match[1]) for match in _MENTION.finditer(comment))
    return [name for name in dict.fromkeys(names) if may_exist(name)]


def _assigned(transitions: Iterable[Transition]) -> dict[str, list[Transition]]:
    """The transitions that assign an anomaly to a person, by name."""
    assigned: dict[str, list[Transition]] = {}
    for transition in transitions:
        after = transition.after.assignee
        if after and after != transition.before.assignee:
            assigned.setdefault(after, []).append(transition)
    return assigned
