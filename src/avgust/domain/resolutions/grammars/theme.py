"""Theme: which of the thirteen themes of the mission a clause belongs to.

Two voices give points. The words of the themes are data (`themes/`, one file a theme). The theme is that of
the object of the action, not of its means: words after «в рамках», «посредством» or «с учётом» count for a
third, words of a purpose («в целях», «для») and of the addressee before the verb for less than the object,
and later words for less than earlier ones. A trained model (`themes/learned.py`) hears the words that no
lexicon has. Headings help only as much as a hint does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

from avgust.domain.resolutions.fragment import Fragment
from avgust.domain.resolutions.grammars.infinitive import INFINITIVE
from avgust.domain.resolutions.grammars.themes import all_phrases
from avgust.domain.resolutions.grammars.themes.learned import learned_points
from avgust.domain.resolutions.grammars.themes.lexicon import GAP, Phrase
from avgust.domain.resolutions.model import Header, Theme, ThemeGuess

_WORD: Final = re.compile(r"[а-яa-z0-9]+(?:-[а-яa-z0-9]+)*")
_SHORTEST_STEM: Final = 2

# What a stretch of a clause is to the action. A stretch lasts until the next mark: a comma does not end
# it («способствующих А, Б и В»), a verb, a bracket or the quotation mark of a project's name does.
_MARK: Final = re.compile(
    r"(?P<frame>\b(?:в рамках|с использованием|используя|посредством|путем|на базе|на площадк\w+"
    r"|с учетом|в условиях"
    r"|в контексте|в соответствии с|через|с привлечением|при участии|с участием|совместно с|на основе"
    r"|исходя из|с применением|на принципах|согласно|на основании|с помощью|за счет|при поддержке"
    r"|во исполнение|во взаимодействии с|с опорой на|силами)\b)"
    r"|(?P<purpose>\b(?:в целях|с целью|для|по итогам|по результатам|способствующ\w+"
    r"|обеспечивающ\w+|в том числе|в т\. ?ч\.|включая|в интересах|предусмотрев"
    r"|обратив|в кажд\w+|во всех)(?!\w))"
    rf"|(?P<detail>\()|(?P<end>направленн\w+ на\b|[;:.)](?=[ ,]|$)|»(?= (?!и |а также )[а-я])|{INFINITIVE})"
)
_VERB: Final = re.compile(INFINITIVE)
# Verbs that hand the action on to the one named after them.
_COMMISSION: Final = re.compile(r"(?:рекоменд|поруч|предлож|предлаг|прос|обяз|предпис)\w+")
_FRAME: Final = 0.35
_PURPOSE: Final = 0.6
_BEFORE_VERB: Final = 0.25  # the addressee
_PURPOSE_FIRST: Final = 0.5  # «В целях … создать»
_DECAY: Final = 0.03  # a word
_REPEATED: Final = 0.4  # what a further phrase of the same theme adds: one telling phrase is enough

_SUBJECT: Final = re.compile(r"(?:^|\s)(?P<subject>(?:О|Об|Обо|ОБ|ОБО) .+)", re.DOTALL)
_ORDERS: Final = ("order", "decree", "letter", "other")
_INNER_HEADING: Final = 4.5  # points that a heading adds at most; an own plain word weighs as much
_OUTER_HEADING: Final = 1.8
_SURE: Final = 5.0  # points from which nothing but a rival lowers confidence
_AUDIBLE: Final = 2.0  # points of the learned voice, below which it alone says nothing
_TELLING: Final = 0.5  # of the most telling word's points: words that are shown as grounds
_DEFAULT: Final = Theme.GOVERNANCE
_THEMES: Final = tuple(Theme)
_PLACE: Final = {theme: place for place, theme in enumerate(_THEMES)}
_SILENCE: Final = (0.0,) * len(_THEMES)


_Entry: TypeAlias = tuple[Phrase | None, Mapping[str, list[Phrase]]]
_NOTHING: Final[_Entry] = (None, {})


class _Match(NamedTuple):
    phrase: Phrase
    words: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text's points a theme, and where the words stand that gave them."""

    points: Mapping[Theme, float]
    evidence: tuple[tuple[Theme, int, int], ...]
    acting: Sequence[re.Match[str]]  # the words from the verb on: who acts is no theme
    shares: Sequence[float]  # how much each of them counts by its place


def guess_theme(fragment: Fragment, headings: tuple[str, ...]) -> ThemeGuess:
    """Return the theme of `fragment`; `headings` govern it, outermost first.

    There is always a theme: a clause without a telling word takes its headings', else governance.
    """
    own = _read(fragment.text, decay=True)
    above = dict(_of_headings(headings))
    voice = learned_points((word.group() for word in own.acting), own.shares)
    if not own.points and not above and max(voice, default=0.0) < _AUDIBLE:
        return ThemeGuess(_DEFAULT, 0.1, "theme.default")
    points = list(voice or _SILENCE)
    for theme, more in (*own.points.items(), *above.items()):
        points[_PLACE[theme]] += more
    first, second = sorted(range(len(points)), key=points.__getitem__, reverse=True)[:2]
    best = _THEMES[first]
    rule, places = _grounds(best, own, above.get(best, 0.0), voice[first] if voice else 0.0)
    return ThemeGuess(
        theme=best,
        confidence=_confidence(points[first], points[second]),
        rule=rule,
        evidence=tuple(fragment.span(start, end) for start, end in places),
        runner_up=_THEMES[second] if points[second] > 0 else None,
    )


def _confidence(best: float, rival: float) -> float:
    """Return how sure a theme is of `best` points, a rival behind it."""
    margin = 1 - max(rival, 0.0) / best if best > 0 else 0.0
    return round(min(1.0, max(best, 0.0) / _SURE) * (0.35 + 0.6 * margin), 3)


def _grounds(
    theme: Theme, own: _Reading, above: float, voice: float
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the rule that speaks for `theme`, and the places of the words that it rests on."""
    phrases = tuple((start, end) for of, start, end in own.evidence if of is theme)
    if phrases:
        return "theme.words", phrases
    if above >= voice:
        return "theme.heading", ()
    place = _PLACE[theme]
    alone = ((learned_points([word.group()], [1.0]), word.span()) for word in own.acting)
    given = [(points[place], span) for points, span in alone if points]
    enough = max(points for points, _ in given) * _TELLING
    return "theme.learned", tuple(span for points, span in given if points >= enough)


def topic_of(header: Header) -> tuple[str, ...]:
    """Return the outermost heading that a document's own title is: «О мерах по повышению объективности …».

    An order or a decree says its subject in its title; the motto of a conference does not.
    """
    subject = _SUBJECT.search(header.title.value) if header.title and header.genre in _ORDERS else None
    return (subject["subject"],) if subject else ()


@lru_cache(maxsize=1024)
def _of_headings(headings: tuple[str, ...]) -> tuple[tuple[Theme, float], ...]:
    points: defaultdict[Theme, float] = defaultdict(float)
    weight = _INNER_HEADING
    for heading in reversed(headings):
        reading = _read(heading, decay=False)
        total = sum(reading.points.values())
        for theme, value in reading.points.items():
            points[theme] += weight * value / total
        if total:
            weight = _OUTER_HEADING  # headings outside the innermost that says anything
    return tuple(points.items())


def _read(text: str, *, decay: bool) -> _Reading:
    """Return the points of `text`; without `decay` every word counts alike, as in a heading."""
    folded = text.lower().replace("ё", "е")
    if len(folded) != len(text):  # a letter whose lower case is longer: keep places right
        folded = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    words = list(_WORD.finditer(folded))
    chosen = _claim(_matches([word.group() for word in words]))
    shares = _factors(folded, words) if decay else [1.0] * len(words)
    heard = [place for place, share in enumerate(shares) if share != _BEFORE_VERB]
    acting, acting_shares = [words[place] for place in heard], [shares[place] for place in heard]
    if not chosen:
        return _Reading({}, (), acting, acting_shares)
    given: defaultdict[Theme, list[float]] = defaultdict(list)
    evidence: list[tuple[Theme, int, int]] = []
    for match in chosen:
        if match.phrase.theme is not None:
            given[match.phrase.theme].append(match.phrase.weight * shares[match.words[0]])
            evidence.append((match.phrase.theme, words[match.words[0]].start(), words[match.words[-1]].end()))
    points = {theme: max(all_) + _REPEATED * (sum(all_) - max(all_)) for theme, all_ in given.items()}
    places = tuple(sorted(evidence, key=lambda place: place[1:]))
    return _Reading(points, places, acting, acting_shares)


def _factors(folded: str, words: list[re.Match[str]]) -> list[float]:
    """Return how much each word counts by its place in the sentence."""
    acts_from = _acts_from(folded)
    marks = _MARK.finditer(folded)
    mark = next(marks, None)
    factors: list[float] = []
    role = 1.0
    since_verb = 0
    for word in words:
        while mark is not None and mark.start() <= word.start():
            role = _FRAME if mark["frame"] or mark["detail"] else _PURPOSE if mark["purpose"] else 1.0
            mark = next(marks, None)
        if word.start() < acts_from:
            factors.append(_PURPOSE_FIRST if role == _PURPOSE else _BEFORE_VERB)
            continue
        factors.append(role / (1 + _DECAY * since_verb))
        since_verb += 1
    return factors


def _acts_from(folded: str) -> int:
    """Return where the action begins: at the first verb that no title in quotation marks holds.

    «Рекомендовать главам округов обеспечить …» acts from its second verb.
    """
    acts_from = 0
    for verb in _VERB.finditer(folded):
        if folded.count("«", 0, verb.start()) <= folded.count("»", 0, verb.start()):
            acts_from = verb.start()
            if not _COMMISSION.match(folded, acts_from):
                break
    return acts_from


def _claim(matches: Iterator[_Match]) -> list[_Match]:
    """Return the matches that stand: a longer phrase takes its words from shorter ones."""
    taken: set[int] = set()
    chosen: list[_Match] = []
    for match in sorted(matches, key=_precedence):
        if taken.isdisjoint(match.words):
            taken.update(match.words)
            chosen.append(match)
    return chosen


def _precedence(match: _Match) -> tuple[int, float, int, tuple[int, ...]]:
    """Longer first, then weightier, then tighter («профессиональных стандартов»)."""
    return -len(match.words), -match.phrase.weight, match.words[-1] - match.words[0], match.words


def _matches(words: list[str]) -> Iterator[_Match]:
    stems = [_stems_of(word) for word in words]
    index = _index()
    for at, found in enumerate(stems):
        for stem in found:
            alone, longer = index.get(stem, _NOTHING)
            if alone:
                yield _Match(alone, (at,))
            if not longer:
                continue
            for near in stems[at + 1 : at + 2 + GAP]:
                for second in near:
                    for phrase in longer.get(second, ()):
                        if places := _follow(phrase, stems, at):
                            yield _Match(phrase, places)


def _follow(phrase: Phrase, stems: list[tuple[str, ...]], at: int) -> tuple[int, ...] | None:
    """Return the places of the phrase's words from `at` on, None when one is missing."""
    places = [at]
    for stem in phrase.stems[1:]:
        last = places[-1]
        for place in range(last + 1, min(last + 2 + GAP, len(stems))):
            if stem in stems[place]:
                places.append(place)
                break
        else:
            return None
    return tuple(places)


@lru_cache(maxsize=1)
def _index() -> dict[str, _Entry]:
    """Return the phrases by their first stem: the one of that stem alone, the others by their second."""
    alone = {phrase.stems[0]: phrase for phrase in all_phrases() if len(phrase.stems) == 1}
    longer: defaultdict[str, defaultdict[str, list[Phrase]]] = defaultdict(lambda: defaultdict(list))
    for phrase in all_phrases():
        if len(phrase.stems) > 1:
            longer[phrase.stems[0]][phrase.stems[1]].append(phrase)
    return {stem: (alone.get(stem), dict(longer.get(stem, {}))) for stem in alone.keys() | longer.keys()}


@lru_cache(maxsize=1)
def _all_stems() -> frozenset[str]:
    return frozenset(stem for phrase in all_phrases() for stem in phrase.stems)


@lru_cache(maxsize=65536)
def _stems_of(word: str) -> tuple[str, ...]:
    """Return the stems that `word` or a later half of it («дети-инвалиды») begins with.

    A whole word that a phrase asks for is a stem that starts with "=".
    """
    known = _all_stems()
    halves = [word, *word.split("-")[1:]] if "-" in word else [word]
    prefixes = (half[:end] for half in halves for end in range(_SHORTEST_STEM, len(half) + 1))
    return tuple(stem for stem in (*prefixes, "=" + word) if stem in known)
