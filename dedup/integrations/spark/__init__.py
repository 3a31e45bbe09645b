"""Reports on Spark: the large steps run on its executors, in a work folder that all of them see."""

from dedup.integrations.spark.find_on_spark import find_duplicates
from dedup.integrations.spark.report_frames import ReportFrames, report_frames
from dedup.integrations.spark.spark_session import start

__all__ = ["ReportFrames", "find_duplicates", "report_frames", "start"]
