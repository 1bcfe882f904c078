"""The product's settings, and the jobs that do harm."""

from nhipcau.config.settings import *  # noqa: F403
from nhipcau.config.settings import INSTALLED_APPS as PRODUCT

INSTALLED_APPS = [*PRODUCT, "tests.faults.planted"]
