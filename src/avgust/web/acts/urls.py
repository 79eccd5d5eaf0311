"""Addresses of local acts."""

from __future__ import annotations

from django.urls import path

from avgust.web.acts import adopting, cards, demanding, filling, lists, template_pages

app_name = "acts"

urlpatterns = [
    path("", lists.act_list, name="list"),
    path("templates/", lists.template_list, name="templates"),
    path("templates/new/", template_pages.new, name="new_template"),
    path("templates/<int:pk>/", template_pages.template, name="template"),
    path("templates/<int:pk>/edit/", template_pages.edit, name="edit_template"),
    path("templates/<int:pk>/stage/", template_pages.stage, name="stage"),
    path("templates/<int:pk>/begin/", filling.begin, name="begin"),
    path("measures/<int:pk>/", demanding.demand, name="demand"),
    path("<int:pk>/", cards.act, name="act"),
    path("<int:pk>/fill/", filling.fill, name="fill"),
    path("<int:pk>/renew/", filling.renew, name="renew"),
    path("<int:pk>/move/", cards.move, name="move"),
    path("<int:pk>/adopt/", adopting.adopt, name="adopt"),
    path("<int:pk>/draft.docx", cards.draft, name="draft"),
    path("<int:pk>/file/", cards.file, name="file"),
]
