"""Acts on programmes as the journal reads them. None of them keeps words about a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from avgust.web.audit import declare, name_values

CHOSE_EXECUTOR = declare(
    "programmes.chose_executor",
    _("%(actor)s chose %(unit)s where the clause says “%(name)s”."),
    personal=set(),
    title=_("an executor chosen"),
)
NAMED_EXECUTOR = declare(
    "programmes.named_executor",
    _("%(actor)s named %(unit)s as executor."),
    personal=set(),
    title=_("an executor named"),
)
RELEASED_EXECUTOR = declare(
    "programmes.released_executor",
    _("%(actor)s took back the choice of %(unit)s."),
    personal=set(),
    title=_("the choice of an executor taken back"),
)
ADOPTED = declare(
    "programmes.adopted",
    _("%(actor)s adopted “%(subject)s”: %(measures)s measures."),
    personal=set(),
    title=_("a programme adopted"),
)

name_values(
    measures=_("number of measures"),
    document=_("document no."),
    name=_("as the clause says"),
    unit=_("organisation"),
)
TOOK_OUT_UNIT = declare(
    "programmes.took_out_unit", _("%(actor)s took %(unit)s out of “%(name)s”."), personal=set()
)
RETURNED_UNIT = declare(
    "programmes.returned_unit", _("%(actor)s returned %(unit)s to “%(name)s”."), personal=set()
)
ADDED_UNIT = declare("programmes.added_unit", _("%(actor)s added %(unit)s to “%(name)s”."), personal=set())
REMOVED_UNIT = declare(
    "programmes.removed_unit", _("%(actor)s took back that %(unit)s was added to “%(name)s”."), personal=set()
)

EDITED_MEASURE = declare("programmes.edited_measure", _("%(actor)s changed the measure."), personal=set())
ADDED_MEASURE = declare("programmes.added_measure", _("%(actor)s added the measure by hand."), personal=set())
CANCELLED_MEASURE = declare(
    "programmes.cancelled_measure", _("%(actor)s cancelled the measure."), personal=set()
)
RESTORED_MEASURE = declare(
    "programmes.restored_measure", _("%(actor)s put the measure in force again."), personal=set()
)
INVOLVED_EXECUTOR = declare(
    "programmes.involved_executor", _("%(actor)s added the executor “%(name)s”."), personal={"name"}
)
INVOLVED_CO_EXECUTOR = declare(
    "programmes.involved_co_executor", _("%(actor)s added the co-executor “%(name)s”."), personal={"name"}
)
INVOLVED_CONTROLLER = declare(
    "programmes.involved_controller", _("%(actor)s added the controller “%(name)s”."), personal={"name"}
)
INVOLVED_PARTNER = declare(
    "programmes.involved_partner", _("%(actor)s added “%(name)s”, who takes part."), personal={"name"}
)
UNINVOLVED = declare(
    "programmes.uninvolved", _("%(actor)s took “%(name)s” out of the measure."), personal={"name"}
)
NAMED_PERSON = declare(
    "programmes.named_person", _("%(actor)s named the person who controls: “%(name)s”."), personal={"name"}
)
UNNAMED_PERSON = declare(
    "programmes.unnamed_person",
    _("%(actor)s took back who the person is that controls: “%(name)s”."),
    personal={"name"},
)
MERGED_MEASURES = declare(
    "programmes.merged_measures", _("%(actor)s merged the measure into measure %(into)s."), personal=set()
)
TOOK_IN_MEASURE = declare(
    "programmes.took_in_measure", _("%(actor)s merged measure %(label)s into this one."), personal=set()
)
SPLIT_MEASURES = declare(
    "programmes.split_measures",
    _("%(actor)s parted measure %(label)s from measure %(into)s."),
    personal=set(),
)
LINKED_CLAUSE = declare(
    "programmes.linked_clause", _("%(actor)s linked clause %(label)s of “%(document)s”."), personal=set()
)
UNLINKED_CLAUSE = declare(
    "programmes.unlinked_clause", _("%(actor)s unlinked clause %(label)s of “%(document)s”."), personal=set()
)
SUPPLEMENTED = declare(
    "programmes.supplemented",
    _("%(actor)s added %(measures)s measures of “%(document)s” to the programme."),
    personal=set(),
)
ANSWERED = declare(
    "programmes.answered", _("%(actor)s confirmed that the measure answers “%(measure)s”."), personal=set()
)
NOT_ANSWERED = declare(
    "programmes.not_answered",
    _("%(actor)s said that the measure does not answer “%(measure)s”."),
    personal=set(),
)
ANSWER_TAKEN_BACK = declare(
    "programmes.answer_taken_back",
    _("%(actor)s took back what was said of the answer to “%(measure)s”."),
    personal=set(),
)

SAVED_VIEW = declare(
    "programmes.saved_view",
    _("%(actor)s saved the view “%(name)s”."),
    personal=set(),
    title=_("a view saved"),
)
RENAMED_VIEW = declare(
    "programmes.renamed_view",
    _("%(actor)s gave a view the name “%(name)s”."),
    personal=set(),
    title=_("a view renamed"),
)
SHARED_VIEW = declare(
    "programmes.shared_view",
    _("%(actor)s shared the view “%(name)s”."),
    personal=set(),
    title=_("a view shared"),
)
UNSHARED_VIEW = declare(
    "programmes.unshared_view",
    _("%(actor)s took the shared view “%(name)s” back."),
    personal=set(),
    title=_("a shared view taken back"),
)
MOVED_VIEW = declare(
    "programmes.moved_view",
    _("%(actor)s moved the view “%(name)s”."),
    personal=set(),
    title=_("a view moved"),
)
DELETED_VIEW = declare(
    "programmes.deleted_view",
    _("%(actor)s deleted the view “%(name)s”."),
    personal=set(),
    title=_("a view deleted"),
)
