"""The slots of the analysis function's queues in the local cloud.

On AWS the FIFO queue's event source mapping has as many messages at work at once as its
MaximumConcurrency allows, of one group one. The local cloud's mapping has one at a time. So there
it gets a mapping for each slot, which AWS would refuse; the rule of one per group is the queue's.
Nor does it read a MaximumConcurrency that is a parameter as a number, and then polls no queue.
"""

from contextlib import closing
from typing import Any

from tools.local import aws
from tools.local.cloud import Cloud


def add(cloud: Cloud, outputs: dict[str, str], slots: int) -> None:
    """Gives each queue its `slots`; the template has made one mapping of each."""
    name, queue = outputs["AnalysisFunctionName"], outputs["JobsQueueArn"]
    with closing(aws.client(cloud, "lambda")) as functions:
        mappings = functions.list_event_source_mappings(FunctionName=name)["EventSourceMappings"]
        for mapping in mappings:
            functions.update_event_source_mapping(
                UUID=mapping["UUID"], ScalingConfig={"MaximumConcurrency": slots}
            )
        of_jobs = [mapping for mapping in mappings if mapping["EventSourceArn"] == queue]
        first: dict[str, Any] = of_jobs[0]
        for _ in range(slots - len(of_jobs)):
            functions.create_event_source_mapping(
                EventSourceArn=queue,
                FunctionName=first["FunctionArn"],
                BatchSize=first["BatchSize"],
                FunctionResponseTypes=first["FunctionResponseTypes"],
            )
