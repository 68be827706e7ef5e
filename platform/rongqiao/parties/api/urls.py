from django.urls import path

from .views import me, members, organisations, trust

ORGANISATION = "organisations/<int:organisation_id>"

urlpatterns = [
    path("me", me.Me.as_view()),
    path("me/organisation", me.Current.as_view()),
    path("me/consents", me.Consents.as_view()),
    path("me/sign-ins", me.SignIns.as_view()),
    path("me/export", me.Export.as_view()),
    path("privacy", me.Privacy.as_view()),
    path("organisations", organisations.Organisations.as_view()),
    path(ORGANISATION, organisations.OneOrganisation.as_view()),
    path(f"{ORGANISATION}/recommendations", organisations.Recommendations.as_view()),
    path(f"{ORGANISATION}/units", organisations.Units.as_view()),
    path(f"{ORGANISATION}/roles", members.Roles.as_view()),
    path(f"{ORGANISATION}/members", members.Members.as_view()),
    path(f"{ORGANISATION}/members/<int:membership_id>", members.OneMember.as_view()),
    path(f"{ORGANISATION}/invitations", members.Invitations.as_view()),
    path(f"{ORGANISATION}/invitations/<int:invitation_id>", members.OneInvitation.as_view()),
    path(f"{ORGANISATION}/applications", trust.Applications.as_view()),
    path(f"{ORGANISATION}/applications/<int:application_id>", trust.OneApplication.as_view()),
    path(f"{ORGANISATION}/verification", trust.Verification.as_view()),
    path(f"{ORGANISATION}/trust", trust.Trust.as_view()),
    path(f"{ORGANISATION}/priority-tags", trust.Tags.as_view()),
    path(f"{ORGANISATION}/priority-tags/<int:tag_id>", trust.OneTag.as_view()),
    path(f"{ORGANISATION}/credit-flags", trust.Flags.as_view()),
    path(f"{ORGANISATION}/credit-flags/<int:flag_id>/clear", trust.OneFlag.as_view()),
]
