"""Writing about who: organisations, people in them, accounts, trust."""

from .accounts import (
    change_self,
    create_operator,
    end_all_sessions,
    forget_old_sign_ins,
    log_sign_in,
    reset_password,
    send_reset_link,
    tell_of_new_password,
)
from .organisations import (
    ORGANISATION_CHANGED,
    add_organisation,
    add_unit,
    change_organisation,
    imported_employers,
    register_organisation,
    switch_recommendations,
)
from .people import (
    accept_invitation,
    add_member,
    change_role,
    consent,
    end_membership,
    invite,
    name_steward,
    revoke_invitation,
)
from .trust import (
    APPLICATION,
    answer_application,
    apply,
    clear_flag,
    grant_tag,
    record_flag,
    revoke_tag,
    see_contacts,
    set_trust,
    set_verification,
    withdraw_application,
)

__all__ = [
    "APPLICATION", "ORGANISATION_CHANGED", "accept_invitation", "add_member", "add_organisation", "add_unit",
    "answer_application", "apply", "change_organisation", "change_role", "change_self", "clear_flag", "consent",
    "create_operator", "end_all_sessions", "end_membership", "forget_old_sign_ins", "grant_tag", "imported_employers",
    "invite", "log_sign_in", "name_steward", "record_flag", "register_organisation", "reset_password",
    "revoke_invitation", "revoke_tag", "see_contacts", "send_reset_link", "set_trust", "set_verification",
    "switch_recommendations", "tell_of_new_password", "withdraw_application",
]  # fmt: skip
