"""Who: organisations with their profiles and units, people and their roles, and why an organisation may be believed."""

from .organisations import EnterpriseProfile, InstitutionProfile, Organisation, Unit
from .people import Consent, Invitation, Membership, Person, SignIn
from .trust import Application, CreditFlag, PriorityTag

__all__ = [
    "Application", "Consent", "CreditFlag", "EnterpriseProfile", "InstitutionProfile", "Invitation", "Membership",
    "Organisation", "Person", "PriorityTag", "SignIn", "Unit",
]  # fmt: skip
