"""What follows the head noun of an addressee, up to where its name ends."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from avgust.domain.resolutions.grammars.addressee.brackets import belongs_to_name
from avgust.domain.resolutions.grammars.addressee.nouns import (
    COMPANIONS,
    DATIVE_TAILS,
    INSTRUMENTAL_GOVERNORS,
    SCHOOL_ABBREVIATIONS,
    NounKind,
    kind_of,
)
from avgust.domain.resolutions.grammars.addressee.people import person_at
from avgust.domain.resolutions.grammars.addressee.phrase import NAMING, NOUNS, Head, Phrase, read_head
from avgust.domain.resolutions.grammars.addressee.stops import cases_after, licensed, stops_at
from avgust.domain.resolutions.grammars.addressee.tokens import Token
from avgust.domain.resolutions.grammars.addressee.wordlist import words
from avgust.domain.resolutions.morphology import is_infinitive

_JOINERS: Final = frozenset({"и", "или", ",", "/"})
_FIELD: Final = re.compile(r"сфере|области|систем[еы]|отраслях?|час|котор|территори|ведени|состав")
_RELATIVE: Final = re.compile(r"котор\w+|где|чь[яеи]\w*|чей", re.IGNORECASE)
_NEVER_NAMES: Final = words("ADVB COMP PRED GRND VERB CONJ PRCL INFN PREP")
_NOUNS_ONLY: Final = words("заведовать обучаться учиться обучающийся учащийся")
# Things that a body is told to do, whose plural looks like a genitive singular.
_DEEDS: Final = words(
    """мероприятие совещание соревнование заседание предложение исследование занятие изменение дополнение
    обсуждение решение соглашение испытание объявление обращение слушание голосование тестирование
    задание условие событие поручение собеседование анкетирование посещение наблюдение"""
)
_SUBORDINATE: Final = ("подведомственн", "подотчетн", "подконтрольн")
_SPACED_NAMES: Final = frozenset({"quote", "number", "short"})
# Kinds of places, whose own name behind them may stay undeclined: «Республики Заречье».
_PLACES: Final = words("республики округа района города края области поселения поселка села станицы деревни")


class TailReader:
    """Reads one tail. `guess` is the leniency with which a next head may be recognised."""

    def __init__(self, text: str, tokens: tuple[Token, ...], head: Head) -> None:
        self._text = text
        self._tokens = tokens
        self._head = head
        self._phrase = Phrase(head, head.at + 1, agreeing=list(head.agreeing))
        self._open: frozenset[str] = frozenset()  # cases that a preposition or a noun lets in
        self._clause = False  # inside «, реализующим …» or «, которые …»
        self._verbs = False  # inside «, которые …»: it has a verb of its own
        self._agreed = False  # inside a participial clause: a further participle agrees too
        self._at = head.at + 1
        self._govern(head.lemma)

    def read(self) -> Phrase:
        """Return the phrase with its tail."""
        steps: tuple[Callable[[Token], bool], ...] = (
            self._take_person,
            self._take_name,
            self._take_place,
            self._take_bracket,
            self._take_apposition,
            self._take_joint,
            self._take_preposition,
            self._take_word,
        )
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            if stops_at(self._text, token.start) or self._commands(token):
                break
            if not any(step(token) for step in steps):
                break
        self._phrase.after = self._at
        return self._phrase

    def _token(self, at: int) -> Token | None:
        return self._tokens[at] if at < len(self._tokens) else None

    def _commands(self, token: Token) -> bool:
        """Tell whether `token` is the infinitive of the order («имеющим право проводить» is not)."""
        if token.kind != "word" or not is_infinitive(token.text):
            return False
        return not (self._clause and licensed(self._tokens, self._at))

    def _keep(self, count: int = 1) -> bool:
        self._phrase.tail.extend(range(self._at, self._at + count))
        self._at += count
        self._phrase.end = self._at
        return True

    def _drop(self, count: int) -> bool:
        self._phrase.dropped.update(range(self._at, self._at + count))
        self._at += count
        return True

    def _govern(self, lemma: str) -> None:
        if lemma in INSTRUMENTAL_GOVERNORS:
            self._open = frozenset({"ablt"})
        elif lemma in DATIVE_TAILS:
            self._open = frozenset({"datv"})

    # Steps: each takes what it knows and says whether it took anything.

    def _take_person(self, token: Token) -> bool:
        """Drop «Петрову И.С.», «И.С. Петрову», «Ивановой Анне Петровне»: nobody's name is a body's."""
        length = person_at(self._tokens, self._at)
        if length and self._tokens[self._at - 1].low in ("им.", "имени", "памяти"):
            return self._keep(length)
        return bool(length) and self._drop(length)

    def _take_name(self, token: Token) -> bool:
        if token.abbreviation or token.kind in _SPACED_NAMES:
            return self._keep()
        placed = token.capital and self._tokens[self._at - 1].kind == "short"
        return token.kind == "word" and (token.text.isascii() or placed) and self._keep()

    def _take_place(self, token: Token) -> bool:
        """Keep the name of «городского округа Сосновоборск»."""
        before = self._tokens[self._at - 1]
        return token.kind == "word" and token.capital and before.low in _PLACES and self._keep()

    def _take_bracket(self, token: Token) -> bool:
        """Keep «(законным представителям)», which agrees; drop surnames and «(далее – …)»."""
        if token.kind != "bracket":
            return False
        last = self._tokens[self._phrase.tail[-1]] if self._phrase.tail else None
        return self._keep() if belongs_to_name(token, self._head, last) else self._drop(1)

    def _take_apposition(self, token: Token) -> bool:
        """Take a second noun in the head's case: «организациям – участникам проекта»."""
        head, at = self._head, self._at
        if token.kind == "dash":
            at += 1
        elif at != head.at + 1 or self._phrase.tail:
            return False
        noun = self._token(at)
        if noun is None or noun.kind != "word" or head.case in ("nomn", "accs"):
            return False
        agrees = any(f.pos == "NOUN" and f.case == head.case and f.number == head.number for f in noun.forms)
        if not agrees or noun.has("gent", NOUNS) or not any(kind_of(f) for f in noun.forms):
            return False
        self._phrase.appositions.append(at)
        return self._keep(at + 1 - self._at)

    def _take_joint(self, token: Token) -> bool:
        """Go on over a comma or «и» where what follows still belongs to the name."""
        if token.text not in _JOINERS:
            return False
        at = self._at
        while (following := self._token(at)) is not None and following.text in _JOINERS:
            at += 1
        if following is None or stops_at(self._text, following.start) or is_infinitive(following.text):
            return False
        if self._participle(at, comma=token.text == ","):
            return True
        if token.text == "," and self._relative(at):
            return True
        if following.abbreviation:
            return self._class_abbreviation(at) and self._keep(at - self._at)
        if self._next_head(at, token.text):
            return False
        numbered = following.kind == "number" and "number" in {self._tokens[self._at - 1].kind}
        if numbered or (not self._class_ended() and self._fits(following)):
            return self._keep(at - self._at)
        return False

    def _take_preposition(self, token: Token) -> bool:
        cases = cases_after(token.low)
        if cases is None or token.kind != "word":
            return False
        following = self._token(self._at + 1)
        if following is None or following.kind in ("mark", "dash"):
            return False
        if token.low in ("в", "на") and not (_FIELD.match(following.low) or following.capital):
            return bool(_RELATIVE.match(following.low)) and self._keep()
        named = following.kind != "word" or following.abbreviation
        if not named and not any(following.has(case, NAMING) for case in cases | {"gent"}):
            relative = _RELATIVE.match(following.low)
            if not relative:
                return False
        self._open = cases
        return self._keep()

    def _take_word(self, token: Token) -> bool:
        if token.kind != "word":
            return False
        if self._tokens[self._at - 1].low.startswith(_SUBORDINATE) and token.has("datv", NAMING):
            return self._keep()  # «подведомственных департаменту учреждений»
        if not self._fits(token):
            return False
        for form in token.forms:
            if form.case in self._open | {"gent"}:
                self._govern(form.lemma)
                break
        return self._keep()

    # What the steps ask.

    def _fits(self, token: Token) -> bool:
        """Tell whether a word can stand in the tail: genitive, a governed case, or a word without cases."""
        if token.kind in _SPACED_NAMES or token.abbreviation:
            return True
        if token.kind != "word" or token.low in _JOINERS:
            return False
        if self._clause:
            return any(form.pos != "GRND" and (form.pos != "VERB" or self._verbs) for form in token.forms[:1])
        if any(form.pos in _NEVER_NAMES for form in token.forms[:1]):
            return False
        for form in token.forms:
            if form.pos not in NAMING and form.pos not in ("NUMR", "NPRO"):
                continue
            if form.lemma in _DEEDS and token.has("accs", NOUNS):
                return False
            if form.case == "gent" or form.case in self._open:
                return True
        return False

    def _next_head(self, at: int, mark: str) -> bool:
        """Tell whether another addressee begins at `at` in the case that is read."""
        head = read_head(self._tokens, at, self._head.case)
        if head is None or head.at >= len(self._tokens):
            return False
        word = self._tokens[head.at]
        if (
            self._head.case == "nomn"
            and head.kind is NounKind.PERSON
            and word.has("gent", NOUNS)
            and not all(form.animate for form in word.forms if form.pos == "NOUN")
        ):
            return False  # «учителя физики, математики»: subjects, not scholars
        following = self._token(head.at + 1)
        numbered = following is not None and following.kind == "number" and word.has("gent", NOUNS)
        if numbered and self._head.number == "plur" and self._head.kind is NounKind.PERSON:
            return False  # «директорам школ № 2, № 5, гимназии № 1»
        if self._head.case == "datv" and "datv" in self._open and head.kind is NounKind.CROWD:
            return False  # «центру помощи семье и детям»
        return not (mark != "," and self._homonym(head))

    def _homonym(self, head: Head) -> bool:
        """Tell «специалистам отдела и администрации»: both genitive, of one number, both organisations."""
        word = self._tokens[head.at]
        last = next((self._tokens[i] for i in reversed(self._phrase.tail) if self._tokens[i].forms), None)
        if last is None or (self._head.kind is not NounKind.PERSON and self._head.case != "nomn"):
            return False
        numbers = {f.number for f in word.forms if f.case == "gent" and f.lemma == head.lemma}
        return any(
            f.case == "gent" and f.number in numbers and f.lemma not in COMPANIONS and kind_of(f)
            for f in last.forms
        )

    def _class_abbreviation(self, at: int) -> bool:
        """Tell «руководителям школ и ДОУ», «директорам МБОУ № 1, МБОУ № 2»: another of the same sort."""
        word = self._tokens[at].text
        tail = [self._tokens[i] for i in self._phrase.tail]
        if not tail or any(token.text == word for token in tail):
            return bool(tail)
        plural = any(f.case == "gent" and f.number == "plur" for f in tail[-1].forms)
        joined = plural or tail[-1].text in SCHOOL_ABBREVIATIONS
        return word in SCHOOL_ABBREVIATIONS and joined and self._head.kind is not NounKind.SCHOOL

    def _class_ended(self) -> bool:
        """Tell whether a bare head stands before the comma: nothing of its tail can be listed."""
        return not self._phrase.tail

    def _participle(self, at: int, *, comma: bool) -> bool:
        """Take «, реализующим программы» (agrees with the head) and a further participle after «и»."""
        if not comma and not self._agreed:
            return False
        if self._tokens[at].low == "не" and at + 1 < len(self._tokens):
            at += 1
        token = self._tokens[at]
        head = self._head
        of_tail = any(f.pos == "PRTF" and f.case == "gent" for f in token.forms[:2])
        if comma and self._phrase.tail and of_tail:  # «руководителям школ, имеющих …»
            self._clause = True
            return self._keep(at + 1 - self._at)
        readings = [f for f in token.forms if f.case == head.case and f.number == head.number]
        participle = any(f.pos == "PRTF" for f in readings) or (
            token.low.startswith(("подведомственн", "ответственн", "подотчетн", "имеющ")) and readings
        )
        post = any(f.lemma in _NOUNS_ONLY for f in readings)
        if not participle or post or self._leads_noun(at):
            return False
        self._keep(at - self._at)
        self._phrase.agreeing.append(at)
        self._clause = self._agreed = True
        return self._keep()

    def _leads_noun(self, at: int) -> bool:
        """Tell «…, подведомственным учреждениям»: the participle opens another addressee."""
        head = read_head(self._tokens, at, self._head.case)
        return head is not None and head.at <= at + 3 and head.at != at

    def _relative(self, at: int) -> bool:
        """Take «, которые …», «, в которых …», «, школы которых …»."""
        opening = self._tokens[at : at + 2]
        if not any(_RELATIVE.fullmatch(token.low) for token in opening):
            return False
        self._clause = self._verbs = True
        return self._keep(at + 1 - self._at)
