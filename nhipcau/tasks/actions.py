"""Every change to obligations, tasks and assignments, in one place to look; each use case has its module."""

from nhipcau.tasks.assigning import assign, assign_all
from nhipcau.tasks.cascade import acknowledge, acknowledge_all, complete, reissue, reopen
from nhipcau.tasks.extending import answer_extension, ask_extension
from nhipcau.tasks.fanning import cancel_fan_out, fan_out
from nhipcau.tasks.handling import link_answer, name_handler, propose, unlink_answer
from nhipcau.tasks.instructing import InstructionInput, instruct, withdraw
from nhipcau.tasks.obligations import (
    Wording,
    add_obligation,
    draft_obligations,
    drop_obligation,
    edit_obligation,
)
from nhipcau.tasks.questions.answering import save_draft, send_answers
from nhipcau.tasks.questions.making import drop_questions, save_questions
from nhipcau.tasks.recurring import renew, stop_recurring
from nhipcau.tasks.redirecting import give_back, hand_on, insist, let_go
from nhipcau.tasks.reminding import remind, remind_units

__all__ = [
    "InstructionInput",
    "Wording",
    "acknowledge",
    "acknowledge_all",
    "add_obligation",
    "answer_extension",
    "ask_extension",
    "assign",
    "assign_all",
    "cancel_fan_out",
    "complete",
    "draft_obligations",
    "drop_obligation",
    "drop_questions",
    "edit_obligation",
    "fan_out",
    "give_back",
    "hand_on",
    "insist",
    "instruct",
    "let_go",
    "link_answer",
    "name_handler",
    "propose",
    "reissue",
    "remind",
    "remind_units",
    "renew",
    "reopen",
    "save_draft",
    "save_questions",
    "send_answers",
    "stop_recurring",
    "unlink_answer",
    "withdraw",
]
