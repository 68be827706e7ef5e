"""The printable record of an agreement, and how somebody with the paper in hand checks it."""

import hashlib
import json
from typing import Any

from django.conf import settings

from .models import Agreement
from .vocabulary import Item, Participation


def record_of(agreement: Agreement) -> dict[str, Any]:
    """Everything that is printed, as plain values in the reader's language."""
    introduction = agreement.introduction
    return {
        **checked(agreement),
        "title": agreement.title,
        "summary": agreement.summary,
        "mode": agreement.get_mode_display() if agreement.mode else "",
        "items": [str(Item(code).label) for code in agreement.items],
        "participation": [str(Participation(code).label) for code in agreement.participation],
        "starts_on": agreement.starts_on,
        "ends_on": agreement.ends_on,
        "places": introduction.places,
        "brokers": [
            {"side": side.code, "organisation": side.broker.name, "fee": side.get_broker_fee_display()}
            for side in introduction.sides.select_related("broker")
            if side.broker
        ],
        "need": introduction.need_id,
        "offer": introduction.offer_id,
        "score": {"mutual": introduction.mutual, "weights_version": introduction.weights_version},
    }


def checked(agreement: Agreement) -> dict[str, Any]:
    """What the page behind the QR code says: who, which form at which level, when, and the digest of the terms."""
    return {
        "number": str(agreement.number),
        "url": f"{settings.RONGQIAO_URL}/records/{agreement.number}",
        "level": agreement.level,
        "level_label": agreement.get_level_display(),
        "form": agreement.form,
        "form_label": agreement.get_form_display(),
        "signed": agreement.introduction.state == "signed",
        "digest": digest_of(agreement),
        "signatures": [
            {
                "side": each.side, "organisation": each.organisation_name, "signatory": each.signatory,
                "position": each.position, "signed_at": each.signed_at,
            }
            for each in sorted(agreement.signatures.all(), key=lambda row: row.signed_at)
        ],
    }  # fmt: skip


def digest_of(agreement: Agreement) -> str:
    """The first 16 digits of the SHA-256 of the terms: printed on the paper, and shown by the page."""
    terms = [
        str(agreement.number), agreement.title, agreement.level, agreement.form, agreement.mode, agreement.items,
        agreement.participation, str(agreement.starts_on), str(agreement.ends_on), agreement.summary,
        agreement.introduction.places,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(terms, ensure_ascii=False).encode()).hexdigest()[:16]
