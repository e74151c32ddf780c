"""Nobody's work holds all slots while others wait."""

from collections import Counter

import boto3
from hypothesis import given
from hypothesis import strategies as st

from stockwarden.analysis.fair_queue import FairQueue, group_of
from stockwarden.bootstrap import stores
from stockwarden.core.ids import new_id

SENDERS = st.sampled_from(["ana", "bob", "cem"])


class Slots:
    """A FIFO queue and its receivers: the first message whose group is not at work is taken."""

    def __init__(self, slots, waiting):
        self.slots, self.waiting, self.working = slots, list(waiting), []

    def fill(self):
        for message in list(self.waiting):
            busy = {group for group, _ in self.working}
            if len(self.working) < self.slots and message[0] not in busy:
                self.waiting.remove(message)
                self.working.append(message)

    def held_by(self, sender):
        return sum(owner == sender for _, owner in self.working)


@given(
    slots=st.integers(2, 12),
    senders=st.lists(SENDERS, min_size=1, max_size=60),
    ends=st.lists(st.integers(0, 11), max_size=60),
)
def test_a_sender_never_holds_all_slots(slots, senders, ends):
    messages = [(group_of(sender, new_id("rep"), slots), sender) for sender in senders]
    queue = Slots(slots, messages)
    for end in [*ends, 0]:
        queue.fill()
        for sender in set(senders):
            assert queue.held_by(sender) <= slots - 1
        # Whoever has nothing at work waits only for people, of whom each holds something.
        if queue.waiting and len(queue.working) < slots:
            assert all(queue.held_by(sender) for _, sender in queue.waiting)
        if queue.working:
            queue.working.pop(end % len(queue.working))


def test_a_hundred_files_use_all_the_groups_of_their_sender():
    groups = Counter(group_of("ana", new_id("rep"), 10) for _ in range(900))
    assert len(groups) == 9
    assert max(groups.values()) < 160
    assert all(len(group) <= 128 and group.isascii() for group in groups)


def test_work_on_one_report_is_in_one_group():
    assert len({group_of("ana", "rep_1", 10) for _ in range(3)}) == 1
    assert group_of("ana", "rep_1", 10) != group_of("bob", "rep_1", 10)


def waiting_messages():
    queue = stores.jobs_queue()
    answer = boto3.client("sqs").receive_message(QueueUrl=queue.url, MaxNumberOfMessages=10)
    return [message["Body"] for message in answer.get("Messages", [])]


def test_a_message_that_is_received_twice_is_passed_on_once(aws):
    fair_queue = FairQueue(stores.jobs_queue(), 10)
    job = {"job": {"kind": "removal", "report_id": "rep_1"}}
    for message_id in ("m-1", "m-1"):
        fair_queue.send(job, "ana", "rep_1", message_id)
    assert len(waiting_messages()) == 1


def test_a_deliberate_repetition_is_passed_on(aws):
    fair_queue = FairQueue(stores.jobs_queue(), 10)
    for message_id in ("m-1", "m-2"):
        fair_queue.send({"job": {}}, message_id, "rep_1", message_id)
    assert len(waiting_messages()) == 2
