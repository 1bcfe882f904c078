"""Deciding: find the concepts in a text, then the rules whose concepts stand together."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Literal

from nhipcau.boundary.leaning import FEWEST_WORDS, Weight, clauses, sentences, weigh
from nhipcau.boundary.lexicon import PERSON_NAME, Book, Need, Pattern, Phrase, Rule, book
from nhipcau.boundary.names import person_names
from nhipcau.boundary.pointing import points_elsewhere
from nhipcau.boundary.verdicts import ALLOWED, IN, Scope, Verdict, doubt, said_by
from nhipcau.boundary.words import EXACT, Words, fold, words

Span = tuple[int, int]  # first word, one past the last word


LONGEST_LINE = 60  # words
FEW = 8  # words; so few say little, and a title of an office is soon made of them
# Where the second look's weight (hundredths of a logit; 0 = as likely either way) says something: a sentence leans,
# or a half of it; no part leans, or by far; it crosses, or by far; a refusal is borne out, whole or in one half.
LEANS, FEW_LEAN, HALF_LEANS = -25, 150, 300
CALM, DEEPLY_CALM = 75, -200
CROSSES, GRAVE = 125, 300
BORNE, HALF_BORNE = 25, 300
_NEGATION = "negation"  # frees what follows in its clause
_HOLLOW = "hollow_promise"
_BUT_FOR = "but_for"
_PROMISE = "promise"  # wider: a person is asked
_NOTS = {_NEGATION, _PROMISE}
_ACT = "act"
_GOING_ON = {"kem", "va", "and"}


@dataclass
class Search:
    """One text under examination; the places of a concept are looked up when first asked for."""

    book: Book
    text: str
    words: Words
    found: dict[str, list[Span]] = field(default_factory=dict)

    def spans(self, concept: str) -> list[Span]:
        """Where a concept stands, in words."""
        if concept not in self.found:
            self.found[concept] = self._names() if concept == PERSON_NAME else self._spans(concept)
        return self.found[concept]

    def _names(self) -> list[Span]:
        names = dict.fromkeys(person_names(self.text))
        return sorted({span for name in names for span in self._places_of(name)})

    def _spans(self, concept: str) -> list[Span]:
        spans = self.listed(concept)
        barred = self.listed(f"{concept}!") if spans else []
        return _outside(spans, barred) if barred else spans

    def _reach(self, word: int) -> int:
        """Where the clause of a "not" ends, with what a joiner next to it goes on with ("không kèm ảnh").

        A "không" before a comma asks; it rules nothing out.
        """
        end = self.words.clause_end(word)
        while end <= word + 2 and fold("".join(self.words.each[end : end + 1])) in _GOING_ON:
            end = self.words.clause_end(end)
        return end

    @cached_property
    def begun(self) -> dict[Phrase, list[int]]:
        """For each phrase the words at which it can begin."""
        return self.book.automaton.begun(self.words.each)

    def listed(self, list_of: str) -> list[Span]:
        """Every place where a phrase of a list begins, overlapping ones too: none must hide another."""
        begun = sorted(
            (index, phrase.rank, phrase)
            for phrase, places in self.begun.items()
            if phrase.list_of == list_of
            for index in places
        )
        found: dict[int, int] = {}
        for index, _, phrase in begun:
            if index in found:
                continue
            end = self.words.offset(self._reach(index)) if list_of in _NOTS else len(self.words.row)
            match = phrase.pattern.match(self.words.row, self.words.starts[index], end)
            if match:
                found[index] = self.words.index(match.end() - 1) + 1
        return list(found.items())

    def spans_of(self, pattern: re.Pattern[str]) -> list[Span]:
        """Every place where the pattern begins, overlapping ones too."""
        found = [(index, pattern.match(self.words.row, start)) for index, start in enumerate(self.words.starts)]
        return [(index, self.words.index(match.end() - 1) + 1) for index, match in found if match]

    def _places_of(self, name: str) -> list[Span]:
        each = (re.escape(word.rstrip(EXACT)) + f"{EXACT}?" for word in words(name).each)
        return self.spans_of(re.compile(rf"(?<!\S){' '.join(each)}(?!\S)"))

    def hits(self, needs: Iterable[Need]) -> Iterator[tuple[Rule, bool]]:
        """The rules one of whose patterns stands in the text with nothing to free it, in the book's order, and
        whether one stands outside what the text rules out ("nobody asks who signed")."""
        clear = None
        for rule, pattern, groups in needs:
            if rule is clear or groups & ~self.present or not self._all_found(pattern):
                continue
            standing = [chosen for chosen in self._combinations(pattern, ()) if self._stands(rule, pattern, chosen)]
            if standing:
                clear = rule if not all(self._ruled_out(pattern, chosen) for chosen in standing) else clear
                yield rule, rule is clear

    def _all_found(self, pattern: Pattern) -> bool:
        """Does a concept of each group stand somewhere? Names, dear to look for, are left to the end."""
        return all(PERSON_NAME in group or any(map(self.spans, group)) for group in pattern.all_of)

    @cached_property
    def present(self) -> int:
        """The bits of the groups of which a concept may stand in the text; looking for names is left to the end."""
        groups_of = self.book.groups_of
        bits = groups_of.get(PERSON_NAME, 0)
        for phrase in self.begun:
            bits |= groups_of.get(phrase.list_of, 0)
        return bits

    def _combinations(self, pattern: Pattern, chosen: tuple[Span, ...]) -> Iterator[tuple[Span, ...]]:
        if len(chosen) == len(pattern.all_of):
            yield chosen
            return
        for concept in pattern.all_of[len(chosen)]:
            for span in self._around(concept, chosen, pattern.within):
                if all(span[1] <= a or b <= span[0] for a, b in chosen) and self._near(
                    (*chosen, span), pattern.within
                ):
                    yield from self._combinations(pattern, (*chosen, span))

    def _around(self, concept: str, chosen: tuple[Span, ...], within: int) -> list[Span]:
        """The spans worth trying: those that begin within reach of what is chosen, so long texts stay cheap."""
        if not chosen:
            return self.spans(concept)
        return self._begins_in(concept, max(a for a, _ in chosen) - within, min(a for a, _ in chosen) + within)

    def _begins_in(self, concept: str, low: int, high: int) -> list[Span]:
        """Spans that begin at word `low` or later and before word `high`."""
        spans = self.spans(concept)
        return spans[bisect_left(spans, (low, 0)) : bisect_left(spans, (high, 0))]

    def _near(self, spans: tuple[Span, ...], within: int) -> bool:
        first, last = min(a for a, _ in spans), max(b for _, b in spans) - 1
        return self.words.places[last] - self.words.places[first] < within

    def _stands(self, rule: Rule, pattern: Pattern, chosen: tuple[Span, ...]) -> bool:
        if pattern.at_most is not None and self.words.count > pattern.at_most:
            return False
        first = min(a for a, _ in chosen)
        if any(self._leads(name, first) for name in pattern.led_by):
            return False
        if rule.negatable and self._negated(pattern, chosen):
            return False
        if self._freed(pattern.unless_sentence, self.words.sentence(first)):
            return False
        return not all(self._freed(pattern.unless, clause) for clause in self._clauses(chosen))

    def _negated(self, pattern: Pattern, chosen: tuple[Span, ...]) -> bool:
        """True if the match is reached through a "not", and no clause of it without one has an act of its own.

        Or if what would make it one about somebody is: "accidents are counted, no names".
        """
        heads = {self._head(a) for a, _ in chosen}
        led = {self._head(a) for a, _ in chosen if self._begins_in(_NEGATION, self._head(a), a + 1)}
        led = {head for head in led if not self._hollow(head)}
        about_nobody = any(self._head(a) in led for a, _ in self._identifying(pattern, chosen))
        return about_nobody or (bool(led) and not any(map(self._acts, heads - led)))

    def _identifying(self, pattern: Pattern, chosen: tuple[Span, ...]) -> list[Span]:
        return self._of(self.book.identifiers, pattern, chosen)

    def _of(self, concepts: frozenset[str], pattern: Pattern, chosen: tuple[Span, ...]) -> list[Span]:
        """The spans of the match that stand for none but these concepts."""
        found = zip(pattern.all_of, chosen, strict=True)
        return [span for group, span in found if concepts.issuperset(group)]

    def _acts(self, start: int) -> bool:
        """True if something is done in the clause that begins there."""
        return bool(self._begins_in(_ACT, start, self.words.clause_end(start)))

    def _ruled_out(self, pattern: Pattern, chosen: tuple[Span, ...]) -> bool:
        """True if each clause of the match says that it is not done, or only goes on with what another says; or if
        that of its identifying or looking part does.

        A verb of another sentence has an object of its own ("...; whoever offends is punished").
        """
        about = self.words.sentence(chosen[-1][0])
        deciding = self._of(self.book.identifiers | self.book.looking, pattern, chosen)
        return any(self._promised(*span) for span in deciding) or all(
            self._promised(a, b) or (not about[0] <= a < about[1] and self.book.verbs.issuperset(group))
            for group, (a, b) in zip(pattern.all_of, chosen, strict=True)
        )

    def _promised(self, start: int, end: int) -> bool:
        since = self._carried(start)
        return bool(self._begins_in(_PROMISE, since, end)) and not self._hollow(start) and not self._hollow(since)

    def _carried(self, word: int) -> int:
        """Where the clause of `word` begins, or the one before it that it only adds things to ("no names, no faces,
        phone numbers"): a clause with an act of its own carries nothing on."""
        first, start = self.words.sentence(word)[0], self._head(word)
        while start > first and not self._acts(start):
            start = self._head(start - 1)
        return start

    def _head(self, word: int) -> int:
        """Where the clause of `word` begins, its "not" included where a joiner stands between ("không kèm ảnh")."""
        start = self.words.clause_start(word)
        return self.words.clause_start(start - 1) if self._begins_in(_PROMISE, start - 1, start) else start

    def _hollow(self, word: int) -> bool:
        """True if the clause's promise is none: a reprisal, a condition, a list that is kept quiet."""
        end = self.words.sentence(word)[1]
        begun = self._begins_in(_HOLLOW, self.words.clause_start(word), self.words.clause_end(word))
        return any(b <= end for _, b in begun)  # "no list, only a note of one's own" goes on behind the comma

    def promises_alone(self) -> bool:
        """True if nothing is done in the whole text: each clause says at its head that a thing is not done, or only
        adds to one that does, and nothing is excepted."""
        return not self.spans(_BUT_FOR) and all(map(self._promises_first, self.words.clauses))

    def _promises_first(self, start: int) -> bool:
        end = self.words.clause_end(start)
        promise = next((a for a, _ in self._begins_in(_PROMISE, start, end)), end)
        return not self._begins_in(_ACT, start, promise) and not self._hollow(start)

    def _leads(self, concept: str, word: int) -> bool:
        """True if the clause reaches `word` through the concept."""
        return bool(self._begins_in(concept, self.words.clause_start(word), word + 1))

    def _clauses(self, chosen: tuple[Span, ...]) -> set[Span]:
        """The clauses of the match: each must be freed, or a refused half hides behind an allowed one."""
        return {(self.words.clause_start(a), self.words.clause_end(b - 1)) for a, b in chosen}

    def _freed(self, concepts: tuple[str, ...], within: Span) -> bool:
        return any(b <= within[1] for name in concepts for _, b in self._begins_in(name, *within))


def _outside(spans: list[Span], barred: list[Span]) -> list[Span]:
    """The spans that lie in none of the barred ones, which are in order of place."""
    begins, reach = [a for a, _ in barred], [0, *accumulate((b for _, b in barred), max)]
    return [(a, b) for a, b in spans if reach[bisect_right(begins, a)] < b]


def check(text: str) -> Verdict:
    """Decide on one text (a line, or a whole narrative). A clear hit beats a doubtful one.

    A line no longer than one of a form gets a second look by its wording. What a rule refuses or doubts is cleared
    only if no part of it reads like anything but ordinary work; what no rule knows is refused only if its wording
    crosses and it speaks of what a rule is about, or crosses by far.
    """
    said = by_rules(text)
    if len(text.split()) > LONGEST_LINE:
        return said
    if said.verdict == "refused":
        return said if _borne_out(text) else _softened(said, text)
    heard = {sentence: weigh(sentence) for sentence in sentences(text) if _promises_nothing(sentence)}
    crossing = [sentence for sentence, one in heard.items() if one.crosses >= CROSSES]
    if said.verdict == "review":
        return _tightened(said, crossing) if crossing else ALLOWED if _calm(said, text, CALM) else said
    if any(one.crosses >= GRAVE for one in heard.values()):
        said = doubt("refused-wording")
    elif crossing or any(_leans(sentence, one) for sentence, one in heard.items()) or _half_leans(text):
        said = doubt("review-leaning")
    return next(filter(None, map(_by_subject, crossing)), said)


def _leans(sentence: str, one: Weight) -> bool:
    return one.leans >= (LEANS if len(sentence.split()) > FEW else FEW_LEAN)


def _half_leans(text: str) -> bool:
    """True if a part of the text reads by itself like what is refused, however ordinary the words around it."""
    parts = (part for part in clauses(text) if len(part.split()) > FEWEST_WORDS)
    return any(weigh(part).leans >= HALF_LEANS and _promises_nothing(part) for part in parts)


def _softened(said: Verdict, text: str) -> Verdict:
    return ALLOWED if _calm(said, text, DEEPLY_CALM) else doubt("review-softened", near=said)


def _calm(said: Verdict, text: str, most: float) -> bool:
    """True if a rule's word is not borne out by the text nor by any part of it that could stand alone: ordinary
    words before or behind a refused half must not hide it. What is promised or only pointed at stays a doubt, and
    so does a line that names somebody: that it says something of a person is no matter of its wording."""
    parts = (*sentences(text), *clauses(text))
    calm = bool(parts) and said.rule in book().by_id and all(weigh(part).leans < most for part in parts)
    return calm and not person_names(text)


def _tightened(said: Verdict, close: list[str]) -> Verdict:
    """Refused by one of the rules that the doubtful one names: that whose subject stands there, else the last."""
    rule = book().by_id.get(said.rule or "")
    if rule is None:
        return next(filter(None, map(_by_subject, close)), said)
    searches = [Search(book(), text, words(text)) for text in close]
    named = [book().by_id[name] for name in rule.refused_by]
    spoken_of = (one for one in named if any(search.spans(name) for search in searches for name in one.subjects))
    return said_by(next(spoken_of, named[-1]))


def _by_subject(sentence: str) -> Verdict | None:
    """Refused by the rule whose subject stands in a sentence of grave wording, if there is one."""
    search = Search(book(), sentence, words(sentence))
    return next((said_by(rule) for rule in book().rules if any(map(search.spans, rule.subjects))), None)


def _borne_out(text: str) -> bool:
    """True unless the wording speaks against a refusal; too few words say nothing.

    A refused half must not hide behind an ordinary one, so each half is weighed by itself as well; nor a reprisal
    behind the words of a promise.
    """
    if Search(book(), text, words(text)).spans(_HOLLOW):
        return True
    heard = [weigh(sentence).crosses for sentence in sentences(text)]
    if not heard or max(heard) >= BORNE:
        return True
    return any(weigh(part).crosses >= HALF_BORNE and by_rules(part).verdict == "refused" for part in clauses(text))


def by_rules(text: str) -> Verdict:
    """What the rules alone say: for running prose, which borrows too many words to be weighed by them."""
    return verdict_of(Search(book(), text, words(text)), book().needs)


def verdict_of(search: Search, needs: Iterable[Need]) -> Verdict:
    hits = list(search.hits(needs))
    if not hits or (not any(clear for _, clear in hits) and search.promises_alone()):
        return doubt("review-pointer") if points_elsewhere(search.text) else ALLOWED
    refusing = [hit for hit in hits if hit[0].strength == "refused"]
    rule, clear = next((hit for hit in refusing if hit[1]), (refusing or hits)[0])
    # Whether a promise beside something that is done is one, is for a person to say.
    return said_by(rule) if clear or not refusing else doubt("review-promise", near=said_by(rule))


def _promises_nothing(sentence: str) -> bool:
    """ "No names are taken" uses the words of what it rules out."""
    search = Search(book(), sentence, words(sentence))
    return not search.spans(_NEGATION) and not search.spans(_PROMISE)


_PARTS = re.compile(r"[;.\n]+|\s(?:và|đồng thời|and)\s", re.IGNORECASE)


def scope(text: str) -> Scope:
    """The scope of an obligation. Mixed purposes give `review`: only the allowed parts may become tasks."""
    return scope_from(text, by_rules(text))


def scope_from(text: str, verdict: Verdict) -> Scope:
    if verdict.verdict == "allowed":
        return IN
    if verdict.verdict == "review":
        return Scope("review", verdict.rule)
    parts = [part for part in _PARTS.split(text) if part.strip()]
    verdicts = [by_rules(part).verdict for part in parts]
    mixed = "refused" in verdicts and any(
        said == "allowed" and _is_union_work(part) for part, said in zip(parts, verdicts, strict=True)
    )
    return Scope("review", "review-mixed") if mixed else Scope("outside", verdict.rule)


def scope_of(text: str) -> Literal["in", "outside", "review"]:
    """`scope(text).scope`."""
    return scope(text).scope


def _is_union_work(part: str) -> bool:
    return bool(Search(book(), part, words(part)).spans("union_work"))
