"""Addresses of programmes and measures."""

from __future__ import annotations

from django.urls import path

from avgust.web.programmes import (
    adopting,
    answering,
    cards,
    choosing,
    editing,
    excepting,
    executors,
    exports,
    linking,
    saving,
    timeline,
    views,
)

app_name = "programmes"

urlpatterns = [
    path("", views.programme_list, name="list"),
    path("<int:pk>/", views.programme, name="programme"),
    path("<int:pk>/timeline/", timeline.timeline, name="timeline"),
    path("<int:pk>/executors/", executors.executors, name="executors"),
    path("<int:pk>/views/", saving.saved_views, name="saved_views"),
    path("views/<int:pk>/", saving.change_view, name="change_view"),
    path("<int:pk>/plan.xlsx", exports.xlsx, name="xlsx"),
    path("<int:pk>/plan.docx", exports.docx, name="docx"),
    path("<int:pk>/plan.pdf", exports.pdf, name="pdf"),
    path("<int:pk>/plan.ics", exports.ics, name="ics"),
    path("adopt/<int:pk>/", adopting.adopt, name="adopt"),
    path("of-document/<int:pk>/", adopting.of_document, name="of_document"),
    path("measures/<int:pk>/", cards.measure, name="measure"),
    path("measures/<int:pk>/executor/", choosing.choose, name="choose"),
    path("measures/<int:pk>/edit/", editing.edit, name="edit"),
    path("measures/<int:pk>/involve/", editing.involve, name="involve"),
    path("measures/<int:pk>/status/", editing.set_status, name="status"),
    path("<int:pk>/out/", editing.out_of_force, name="out_of_force"),
    path("<int:pk>/answers/", answering.matrix, name="matrix"),
    path("<int:pk>/answers/<int:place>/", answering.of_place, name="answers_of_place"),
    path("<int:pk>/answers/<int:place>/decide/", answering.decide, name="decide_answer"),
    path("clauses/<int:pk>/", linking.clauses, name="clauses"),
    path("measures/<int:pk>/links/", linking.links, name="links"),
    path("measures/<int:pk>/link/", linking.link, name="link"),
    path("measures/<int:pk>/answers/", answering.of_measure, name="answers_of_measure"),
    path("<int:pk>/add/", editing.add, name="add"),
    path("<int:pk>/understood/", editing.understood, name="understood"),
    path("executors/<int:pk>/", excepting.whom, name="whom"),
    path("executors/<int:pk>/exceptions/", excepting.except_units, name="except"),
]
