"""Every change to obligations, tasks and assignments, in one place to look; each use case has its module."""

from nhipcau.tasks.assigning import assign, assign_all
from nhipcau.tasks.cascade import acknowledge, complete, reissue, reopen
from nhipcau.tasks.extending import answer_extension, ask_extension
from nhipcau.tasks.handling import link_answer, name_handler, propose, unlink_answer
from nhipcau.tasks.instructing import InstructionInput, instruct, withdraw
from nhipcau.tasks.obligations import (
    Wording,
    add_obligation,
    draft_obligations,
    drop_obligation,
    edit_obligation,
)
from nhipcau.tasks.reminding import remind, remind_units

__all__ = [
    "InstructionInput",
    "Wording",
    "acknowledge",
    "add_obligation",
    "answer_extension",
    "ask_extension",
    "assign",
    "assign_all",
    "complete",
    "draft_obligations",
    "drop_obligation",
    "edit_obligation",
    "instruct",
    "link_answer",
    "name_handler",
    "propose",
    "reissue",
    "remind",
    "remind_units",
    "reopen",
    "unlink_answer",
    "withdraw",
]
