"""Who must act by a clause's own words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from typing import Final

from avgust.domain.resolutions.fragment import Fragment
from avgust.domain.resolutions.grammars.addressee.joint import partners_in
from avgust.domain.resolutions.grammars.addressee.line import addressees_of_line
from avgust.domain.resolutions.grammars.addressee.listing import Listing, read_listing
from avgust.domain.resolutions.grammars.addressee.nouns import DATIVE_GOVERNORS, NounKind
from avgust.domain.resolutions.grammars.addressee.order import (
    ASSIGNING,
    MODALS,
    WITHOUT_ACTION,
    command_at,
    receives,
    verb_between,
)
from avgust.domain.resolutions.grammars.addressee.people import besides_persons, person_at, person_of
from avgust.domain.resolutions.grammars.addressee.phrase import NAMING, NOUNS
from avgust.domain.resolutions.grammars.addressee.stops import stops_at
from avgust.domain.resolutions.grammars.addressee.tokens import Token, tokens_of
from avgust.domain.resolutions.grammars.addressee.wordlist import words
from avgust.domain.resolutions.model import Addressee, Relation
from avgust.domain.resolutions.morphology import fold, is_finite, is_infinitive

_FIRST_WORD: Final = re.compile(r"[А-Яа-яЁё-]+")
_DATIVE_ENDING: Final = re.compile(r"(?:[ауюеиыя]|[аяыио]м|о[ймг]у?|е[йм]у?|ому|ему|ым|им|ся)$")
_APPOINTING: Final = frozenset({"назначить", "определить"})
_OPENINGS: Final = frozenset({*ASSIGNING, *_APPOINTING, "возложить"})
_GOVERNING: Final = words("ADJF PRTF PRTS GRND INFN PREP")  # an adjective before: no dative, it disagrees
_TO: Final = words("по к ко согласно благодаря вопреки навстречу подобно")
_ASSEMBLIES: Final = ("конференци", "совещани", "съезд", "форум", "педсовет", "заседани", "собрани")
_RESPONSIBLE: Final = re.compile(
    r"(?:ответственн|координатор|оператор|куратор|исполнител)(?:ой|ым|ыми|ом|ами|ем|ями)$"
)
_LAST_BRACKET: Final = re.compile(r"\((?:[^()]|\([^()]*\)){4,250}\)$")
_ANSWERS: Final = re.compile(
    r"\(?\b(?:отв\.\s?[:–—-]?|(?:ответственн\w+(?:\sисполнител[ьи])?|исполнител[ьи])\s?[:–—-])\s?"
    r"(?P<who>[^();]+?)(?=\)|;|\.\s+Срок|,?\s+срок|\.?$)",
    re.IGNORECASE,
)


def addressees_of_clause(fragment: Fragment, inherited: tuple[Addressee, ...]) -> tuple[Addressee, ...]:
    """Return executors, co-executors and partners that the clause itself names.

    `inherited` are the addressees of its headings: a short name («Руководителям») is completed from them.
    """
    found = completed(own_executors(fragment), inherited)
    found += completed(partners_in(fragment), inherited)
    if "тв" in fragment.text or "сполнител" in fragment.text:
        found = besides_persons(found + _answering(fragment))
    if not found and fragment.text.endswith(")"):
        found += _in_bracket(fragment)
    unique = {fold(addressee.name): addressee for addressee in reversed(found)}
    return tuple(reversed(unique.values()))


def completed(own: Iterable[Addressee], inherited: tuple[Addressee, ...]) -> list[Addressee]:
    """Give a bare name the rest of the inherited name that begins with it."""
    done = []
    for addressee in own:
        start = fold(addressee.name) + " "
        full = next((a.name for a in inherited if fold(a.name).startswith(start)), None)
        done.append(replace(addressee, name=full) if full else addressee)
    return done


def own_executors(fragment: Fragment) -> list[Addressee]:
    """Return who is told to act at the head of the clause, by dative, subject or «поручить …»."""
    first = _FIRST_WORD.match(fragment.text)
    if first and is_infinitive(first.group()) and fold(first.group()) not in _OPENINGS:
        return []
    tokens = tokens_of(fragment.text, 0, 700)
    if not tokens:
        return []
    command = command_at(tokens)
    return (
        _by_dative(fragment, tokens, command)
        or _by_assignment(fragment, tokens, command)
        or _by_duty(fragment, tokens)
        or _by_appointment(fragment, tokens)
        or _by_subject(fragment, tokens)
    )


def _by_dative(fragment: Fragment, tokens: tuple[Token, ...], command: int | None) -> list[Addressee]:
    """«[В срок до …,] отделу образования провести …»."""
    if command is None:
        return []
    persons, at = _persons(fragment, tokens, 0)
    if persons:
        post = read_listing(fragment.text, tokens, at, "datv") if at < command else None
        return post.addressees(fragment, Relation.EXECUTOR, "addressee.dative") if post else persons
    while at < command:
        token = tokens[at]
        named = at == 0 or token.abbreviation or token.kind == "short" or _DATIVE_ENDING.search(token.low)
        if token.kind not in ("word", "short") or not named:
            at += 1
            continue
        listing = read_listing(fragment.text, tokens, at, "datv")
        if listing is None and at == 0:
            listing = read_listing(fragment.text, tokens, at, "datv", guess=True)
        if listing is None:
            at += 1
            continue
        if _acts(tokens, at, listing, command):
            return listing.addressees(fragment, Relation.EXECUTOR, "addressee.dative")
        at = max(listing.after, at + 1)
    return []


def _persons(fragment: Fragment, tokens: tuple[Token, ...], at: int) -> tuple[list[Addressee], int]:
    """Return the persons in the dative at `at` («Петровой А.В. и Орлову И.С.») and what follows."""
    found: list[Addressee] = []
    while at < len(tokens):
        length = person_at(tokens, at)
        if not length or not any(t.has("datv", NAMING) for t in tokens[at : at + length]):
            break
        found.append(person_of(fragment, tokens, at, length, Relation.EXECUTOR, "datv"))
        at += length
        if at < len(tokens) and tokens[at].low in (",", "и"):
            at += 1
    return found, at


def _acts(tokens: tuple[Token, ...], at: int, listing: Listing, command: int) -> bool:
    if listing.after > command or verb_between(tokens, listing.after, command) or receives(listing, command):
        return False
    if at == 0:
        phrase = listing.phrases[0]
        quoted = any(tokens[i].kind == "quote" for i in phrase.tail)
        return phrase.head.listed or quoted or phrase.head.kind is NounKind.ABBREVIATION
    crowd = listing.phrases[0].head.kind is NounKind.CROWD
    plain_abbreviation = tokens[at].abbreviation
    return not (crowd or plain_abbreviation or governed(tokens, at))


def governed(tokens: tuple[Token, ...], at: int) -> bool:
    """Tell whether the dative at `at` hangs on the word before it: «в помощь руководителям»."""
    before = tokens[at - 1]
    noun_before = any(form.pos == "NOUN" for form in before.forms[:1])
    if noun_before and tokens[at].has("gent", NAMING):
        return True  # «органами исполнительной власти»: a genitive that looks like a dative
    if before.low in _TO or before.low == "и":
        return True
    if before.text == ",":
        return at > 1 and tokens[at - 2].has("datv", NOUNS) and not tokens[at - 2].has("gent", NOUNS)
    return any(form.lemma in DATIVE_GOVERNORS or form.pos in _GOVERNING for form in before.forms[:2])


def _by_assignment(fragment: Fragment, tokens: tuple[Token, ...], command: int | None) -> list[Addressee]:
    """«Рекомендовать школам провести …», «Обязать руководителей обеспечить …»."""
    verb = next((i for i in (0, command) if i is not None and tokens[i].low in ASSIGNING), None)
    if verb is None:
        return []
    case = ASSIGNING[tokens[verb].low]
    at = verb + 1
    while at < len(tokens) and at <= verb + 12:
        if tokens[at].kind == "word" and is_infinitive(tokens[at].text):
            return []
        persons, _ = _persons(fragment, tokens, at) if case == "datv" else ([], at)
        if persons:
            return persons
        if tokens[at].low not in _TO:
            listing = read_listing(fragment.text, tokens, at, case)
            if listing is not None and not (at > verb + 1 and governed(tokens, at)):
                action = command_at(tokens, listing.after) is not None
                if action or tokens[verb].low in WITHOUT_ACTION:
                    return listing.addressees(fragment, Relation.EXECUTOR, "addressee.assigned")
                return []
        at += 1
    return []


def _by_duty(fragment: Fragment, tokens: tuple[Token, ...]) -> list[Addressee]:
    """«Возложить на Институт … обязанность», «На заместителя директора возложить …»."""
    lows = [token.low for token in tokens[:40]]
    control = any(low.startswith("контрол") for low in lows[:2])
    duty = next((i for i, low in enumerate(lows) if low in ("возложить", "возлагается", "возлагаются")), None)
    if duty is None:
        return []
    for at in (duty + 1, 0, *range(duty + 2, len(lows))):
        if at < len(lows) and lows[at] == "на":
            listing = read_listing(fragment.text, tokens, at + 1, "accs")
            if listing is not None:
                relation = Relation.CONTROLLER if control else Relation.EXECUTOR
                return listing.addressees(fragment, relation, "addressee.duty")
    return []


def _by_appointment(fragment: Fragment, tokens: tuple[Token, ...]) -> list[Addressee]:
    """«Назначить ответственным за … методический центр»: who is appointed stands last."""
    if tokens[0].low not in _APPOINTING or len(tokens) < 3 or not _RESPONSIBLE.match(tokens[1].low):
        return []
    for at in range(2, len(tokens)):
        if tokens[at - 1].low in ("за", "на", "с") or tokens[at].kind != "word":
            continue
        listing = read_listing(fragment.text, tokens, at, "accs")
        if listing is None or listing.after < len(tokens):
            continue
        if listing.phrases[0].head.kind is NounKind.PERSON or not tokens[at].has("gent", NAMING):
            return listing.addressees(fragment, Relation.EXECUTOR, "addressee.appointed")
    return []


def _by_subject(fragment: Fragment, tokens: tuple[Token, ...]) -> list[Addressee]:
    """«Министерство образования проводит …», «Отделом образования организуется …»."""
    for case in ("nomn", "ablt"):
        listing = read_listing(fragment.text, tokens, 0, case)
        if listing is None or listing.phrases[0].head.kind is NounKind.CROWD or _assembly(listing):
            continue
        opening = tokens[listing.after : listing.after + 2]  # «Отдел образования – провести …»
        if case == "nomn" and _dash_and_order(opening):
            return listing.addressees(fragment, Relation.EXECUTOR, "addressee.subject")
        for token in tokens[listing.after : listing.after + 15]:
            if token.kind == "mark" and token.text != ",":
                break
            if token.kind != "word" or token.low in MODALS:
                continue
            duty = case == "nomn" and re.match(r"(?:должн|обязан)", token.low) is not None
            verb = is_finite(token.text) and token.low.endswith("ся") == (case == "ablt")
            if duty or verb:
                return listing.addressees(fragment, Relation.EXECUTOR, "addressee.subject")
    return []


def _assembly(listing: Listing) -> bool:
    """Tell «участники конференции одобряют …»: those who resolve give orders, they get none."""
    tail = [listing.tokens[i].low for i in listing.phrases[0].tail[:3]]
    return any(word.startswith(_ASSEMBLIES) for word in tail)


def _answering(fragment: Fragment) -> list[Addressee]:
    """«… (отв. отдел образования)», «… Ответственный: директор школы.»."""
    found: list[Addressee] = []
    for match in _ANSWERS.finditer(fragment.text):
        found += addressees_of_line(fragment.part(*match.span("who")), "executor")
    return found


def _dash_and_order(opening: tuple[Token, ...]) -> bool:
    """Tell «Отдел образования – провести …» by what follows the name."""
    return len(opening) == 2 and opening[0].kind == "dash" and is_infinitive(opening[1].text)


def _in_bracket(fragment: Fragment) -> list[Addressee]:
    """«… (сентябрь 2022, Дом творчества)»: a term beside the name shows that the name must act."""
    bracket = _LAST_BRACKET.search(fragment.text)
    if bracket is None:
        return []
    tokens = tokens_of(fragment.text, bracket.start() + 1, len(fragment.text) - bracket.start() - 2)
    marks = [at for at, token in enumerate(tokens) if token.text in (",", ";")]
    bounds = [-1, *marks, len(tokens)]
    pieces = [tokens[start + 1 : end] for start, end in pairwise(bounds) if end > start + 1]
    terms = [piece for piece in pieces if _is_term(fragment.text, piece)]
    names = [piece for piece in pieces if piece not in terms]
    if not terms or not names:
        return []
    found: list[Addressee] = []
    for piece in names:
        listing = read_listing(fragment.text, piece, 0, "nomn")
        if listing is None or listing.after < len(piece):
            return []
        found += listing.addressees(fragment, Relation.EXECUTOR, "addressee.bracket")
    return found


def _is_term(text: str, piece: tuple[Token, ...]) -> bool:
    return stops_at(text, piece[0].start) or piece[0].kind == "number"
