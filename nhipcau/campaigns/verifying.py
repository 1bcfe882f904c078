"""Proof of the quizzes (every question was answered by all takers, in whole tens) and of the closing reports (the
figures are those of their sources, and neither was changed)."""

from __future__ import annotations

from collections.abc import Iterator

from nhipcau.campaigns.figures import digest_of
from nhipcau.campaigns.models import ClosingReport, QuizEdition
from nhipcau.campaigns.tally import STEP
from nhipcau.core.verifying import Difference, Finding, Step


class QuizProof:
    """The counts of every wording of every quiz."""

    name = "quizzes"
    label = "Trắc nghiệm"

    def size(self) -> int:
        """How many wordings there are."""
        return QuizEdition.objects.count()

    def findings(self, step: Step) -> Iterator[Finding]:
        """A wording whose counts do not add up to its takers."""
        for edition in QuizEdition.objects.select_related("quiz").order_by("pk").iterator(500):
            sums = {sum(row) for row in edition.counts} | {edition.takers}
            waits = {sum(row) for row in edition.waiting_counts} | {edition.waiting}
            if len(sums) > 1 or len(waits) > 1 or edition.takers % STEP or edition.waiting >= STEP:
                yield Difference(
                    self.name,
                    f"quiz:{edition.quiz_id}:{edition.number}",
                    f"{edition.takers} lượt",
                    ", ".join(map(str, sorted(sums))),
                    f"Bài trắc nghiệm «{edition.quiz.title}»: số đếm từng câu không khớp số lượt làm.",
                )
            step(1)


class ClosingProof:
    """The figures of every closing report."""

    name = "campaign_reports"
    label = "Báo cáo chiến dịch"

    def size(self) -> int:
        """How many reports there are."""
        return ClosingReport.objects.count()

    def findings(self, step: Step) -> Iterator[Finding]:
        """A report whose figures or sources differ from its digest, or do not add up."""
        for report in ClosingReport.objects.select_related("campaign").order_by("pk").iterator(50):
            sources = list(report.sources.select_related("activity"))
            found = digest_of(report.figures, sources)
            sums = {
                one["key"]: (one["value"], sum(source.values.get(one["key"], 0) for source in sources))
                for one in report.figures["counts"]
            }
            if found != report.digest or any(value != added for value, added in sums.values()):
                yield Difference(
                    self.name,
                    f"campaign:{report.campaign.uid}",
                    report.digest[:16],
                    found[:16],
                    f"Báo cáo kết thúc «{report.campaign.name}»: số liệu không khớp các hoạt động đã chốt cùng nó.",
                )
            step(1)
