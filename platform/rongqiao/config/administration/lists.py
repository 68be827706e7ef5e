"""What can be looked at: lists and single rows, without contacts, secrets or letters' bodies."""

from typing import Any

from django.contrib.admin import EmptyFieldListFilter, display
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from rongqiao.audit.models import Entry
from rongqiao.audit.registry import label
from rongqiao.common.capabilities import AUDIT, OPERATE
from rongqiao.common.language import both
from rongqiao.importing.models import Batch
from rongqiao.indexing.models import IndexRun
from rongqiao.outbox.models import Chore, Event
from rongqiao.parties.models import Organisation, Person
from rongqiao.postings.models import Posting
from rongqiao.recommending.models import Run

from .site import Administration, site


class ReadOnly(ModelAdmin):  # type: ignore[misc]
    """Rows to look at: nobody adds, changes or removes one here. `needs` is the capability that opens the list."""

    needs = OPERATE
    actions = None
    list_per_page = 50
    show_full_result_count = False
    # A page at a time: the lists grow without end.
    list_max_show_all = 0
    search_help_text = both("搜索", "Search")

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        person: Any = request.user
        return bool(person.is_authenticated and person.can(self.needs))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class Events(ReadOnly):
    """What waits and what was set aside, with its last error."""

    list_display = ["id", "consumer", "object_id", "attempts", "recorded_at", "not_before", "set_aside_at", "error_begins"]
    list_filter = ["consumer", ("set_aside_at", EmptyFieldListFilter)]
    fields = ["consumer", "object_id", "bulk", "attempts", "recorded_at", "not_before", "set_aside_at", "error"]
    ordering = ["-set_aside_at", "id"]

    @display(description=both("最近错误", "Last error"))
    def error_begins(self, event: Event) -> str:
        """The last line of what went wrong: it names the fault."""
        return event.error.strip().rpartition("\n")[2][:160]


class Chores(ReadOnly):
    """When what is done by the clock was last done."""

    list_display = ["name", "last_done"]


class IndexRuns(ReadOnly):
    """Rebuilds, migrations, reconciliations."""

    list_display = ["id", "action", "state", "done", "total", "asked_at", "ended_at"]
    list_filter = ["action", "state"]
    fields = ["action", "force", "state", "done", "total", "result", "cancel_asked", "asked_at", "ended_at"]
    ordering = ["-id"]


class Runs(ReadOnly):
    """Who looked for the other side, under which versions."""

    list_display = ["id", "posting", "snapshot_at", "scored", "weights_version", "index_version"]
    list_filter = ["weights_version"]
    list_select_related = ["posting"]
    ordering = ["-id"]


class Batches(ReadOnly):
    """Tables that were brought in."""

    list_display = ["id", "file_name", "organisation", "kind", "state", "total", "new", "updated", "refused", "created_at"]
    list_filter = ["state", "kind"]
    list_select_related = ["organisation"]
    fields = [
        "file_name", "organisation", "by", "kind", "label", "state", "mapping", "doubtful", "total", "done", "new", "updated",
        "unchanged", "refused", "warnings", "taken_back", "failure", "created_at", "updated_at",
    ]  # fmt: skip
    ordering = ["-id"]


class Organisations(ReadOnly):
    """Who is on the platform and how far they are believed; contacts are seen elsewhere, where that is kept."""

    list_display = ["name", "party_type", "region_code", "verify_status", "trusted_at", "claimable", "recommendations_on"]
    list_filter = ["party_type", "verify_status", "claimable"]
    search_fields = ["name", "initials", "uscc"]
    fields = [
        "name", "uscc", "party_type", "region_code", "introduction", "verify_status", "verified_at", "verify_reason",
        "trusted_at", "claimable", "source", "last_confirmed_at", "recommendations_on",
    ]  # fmt: skip
    ordering = ["-id"]


class People(ReadOnly):
    """Accounts, without anything that opens them."""

    list_display = ["email", "name", "is_active", "last_login", "date_joined"]
    list_filter = ["is_active"]
    search_fields = ["email", "name"]
    fields = ["email", "name", "language", "is_active", "last_login", "date_joined"]
    ordering = ["-id"]


class Postings(ReadOnly):
    """Needs and offers by their state; what they say is read on their own pages."""

    list_display = ["title", "kind", "organisation", "status", "version", "published_at", "expires_on"]
    list_filter = ["kind", "status"]
    search_fields = ["title"]
    list_select_related = ["organisation"]
    fields = ["title", "kind", "organisation", "region_code", "status", "version", "published_at", "confirmed_on", "expires_on"]
    ordering = ["-id"]


class Trail(ReadOnly):
    """Who did what, for those who may read every row of it."""

    needs = AUDIT
    list_display = ["at", "action_label", "person", "organisation", "subject_type", "subject_id"]
    list_filter = ["subject_type"]
    fields = ["at", "action_label", "person", "organisation", "subject_type", "subject_id", "changes"]
    ordering = ["-id"]

    @display(description=both("操作", "Action"))
    def action_label(self, entry: Entry) -> str:
        """The action in the reader's words."""
        return label(entry.action)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Entry]:
        rows: QuerySet[Entry] = super().get_queryset(request)
        return rows.select_related("person", "organisation")


LISTS: dict[type[Model], type[ReadOnly]] = {
    Event: Events, Chore: Chores, IndexRun: IndexRuns, Run: Runs, Batch: Batches, Organisation: Organisations,
    Person: People, Posting: Postings, Entry: Trail,
}  # fmt: skip


def registered() -> Administration:
    """The site with all its lists."""
    for model, rows in LISTS.items():
        # Django adds an s; Chinese has no plural.
        model._meta.verbose_name_plural = model._meta.verbose_name
        if not site.is_registered(model):
            site.register(model, rows)
    return site
