"""Good files of each type are kept and come back; what is kept lies where it should."""

import hashlib
import io
import stat
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from rongqiao.common import clock
from rongqiao.common.errors import Problem
from rongqiao.files import names, registry, services, store
from rongqiao.files.models import StoredFile
from tests import world
from tests.files.conftest import anything
from tests.files.keeping import back_of, kept, on_disk
from tests.files.samples import CANARY, good, pdf, picture, with_place

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", good())
def test_a_good_file_is_kept_and_comes_back(name: str, enterprise: world.Party) -> None:
    content = good()[name]
    file = kept(enterprise, content, name)
    back = back_of(file)
    assert (file.name, file.size, file.sha256) == (name, len(back), hashlib.sha256(back).hexdigest())
    assert (file.uploaded_by, file.organisation) == (enterprise.person, enterprise.organisation)
    if file.media_type.startswith("image/"):
        assert (file.width, file.height, file.pages) == (64, 48, None)
    else:
        assert back == content
        assert file.pages == (1 if name.endswith("pdf") else None)


def test_the_bytes_lie_by_uuid_and_nobody_else_reads_them(enterprise: world.Party) -> None:
    file = kept(enterprise, pdf(), "../../../etc/passwd.pdf")
    (path,) = on_disk()
    assert path == store.path_of(file.uuid)
    assert path.name == file.uuid.hex
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert file.name == "passwd.pdf"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_does_not_tell_where_it_was_taken(kind: str, enterprise: world.Party) -> None:
    given = with_place(kind)
    assert CANARY.encode() in given
    assert Image.open(io.BytesIO(given)).getexif().get_ifd(0x8825)
    back = back_of(kept(enterprise, given, f"a.{kind.lower()}"))
    seen = Image.open(io.BytesIO(back))
    assert CANARY.encode() not in back
    assert dict(seen.getexif()) == {}
    assert not {"exif", "icc_profile", "xmp", "comment", "photoshop"} & set(seen.info)


def test_a_picture_stands_upright(enterprise: world.Party) -> None:
    file = kept(enterprise, with_place(orientation=6), "a.jpg")
    assert (file.width, file.height) == (48, 64)
    turned = Image.open(io.BytesIO(back_of(file))).convert("L")
    # Black stood at the top; turned by a quarter to the right it stands at the right.
    assert turned.getpixel((46, 30)) < 30 < 220 < turned.getpixel((1, 30))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_is_drawn(mode: str, enterprise: world.Party) -> None:
    shade = Image.linear_gradient("L").resize((64, 48))
    image = (
        shade.convert("I").point(lambda value: value * 257).convert("I;16")
        if mode == "I;16"
        else shade.convert(mode)
    )
    out = io.BytesIO()
    image.save(out, format="PNG")
    seen = Image.open(io.BytesIO(back_of(kept(enterprise, out.getvalue(), "a.png"))))
    assert seen.size == (64, 48)
    low, high = seen.convert("L").getextrema()
    assert low < 20
    assert high > 230


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("合同.pdf", "合同.pdf"),
        ("C:\\Users\\wang\\合同.pdf", "合同.pdf"),
        ("a\u202efdp.exe", "a fdp.exe"),
        ("a\r\nSet-Cookie: b.pdf", "a Set-Cookie: b.pdf"),
        ("a\0.pdf", "a.pdf"),
        ("  .hidden.pdf ", "hidden.pdf"),
        ("../..", ""),
        ("", ""),
        ("长" * 10_000 + ".pdf", "长" * 116 + ".pdf"),
        ("x" * 200, "x" * 120),
        ("\ud800.pdf", "pdf"),
    ],
)
def test_names_are_cleaned_for_display(given: str, shown: str) -> None:
    assert names.shown(given) == shown


def test_a_name_without_suffix_gets_one(enterprise: world.Party) -> None:
    assert kept(enterprise, picture(), "照片").name == "照片.jpg"
    assert kept(enterprise, pdf(), "").name == "test_evidence.pdf"


def test_a_purpose_takes_its_types_only(enterprise: world.Party) -> None:
    with pytest.raises(Problem) as refused:
        kept(enterprise, pdf(), "a.pdf", "test_photo")
    (fault,) = refused.value.faults
    assert (fault.field, fault.code) == ("file", "file_type")
    assert str(fault.fault) == "不支持这种文件：这是PDF 文档"
    assert str(fault.remedy) == "请上传 .jpg、.jpeg、.png 文件"
    assert on_disk() == []


def test_an_organisation_has_so_many_and_no_more(enterprise: world.Party, college: world.Party) -> None:
    first = kept(enterprise, picture(), "a.jpg", "test_photo")
    kept(enterprise, picture(), "b.jpg", "test_photo")
    with pytest.raises(Problem, match="too_many_files"):
        kept(enterprise, picture(), "c.jpg", "test_photo")
    kept(college, picture(), "a.jpg", "test_photo")
    services.remove(file_id=first.pk, by=enterprise.person)
    kept(enterprise, picture(), "c.jpg", "test_photo")


def test_the_count_is_taken_again_when_the_row_is_written(enterprise: world.Party, monkeypatch: Any) -> None:
    """Another upload may have come through while this one was looked at."""
    real = services.inspecting.inspect

    def slow(*args: Any, **more: Any) -> Any:
        found = real(*args, **more)
        StoredFile.objects.bulk_create(
            StoredFile(purpose="test_photo", organisation=enterprise.organisation, name="x", size=1)
            for _ in range(2)
        )
        return found

    monkeypatch.setattr(services.inspecting, "inspect", slow)
    with pytest.raises(Problem, match="too_many_files"):
        kept(enterprise, picture(), "c.jpg", "test_photo")
    assert on_disk() == []
    assert StoredFile.objects.count() == 2


def test_a_row_that_cannot_be_written_leaves_no_bytes(enterprise: world.Party, monkeypatch: Any) -> None:
    def fail(*args: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(services, "_record", fail)
    with pytest.raises(RuntimeError):
        kept(enterprise, picture(), "a.jpg")
    assert on_disk() == []


def test_the_chore_removes_what_nobody_wants_and_nothing_else(enterprise: world.Party) -> None:
    wanted, removed = kept(enterprise, pdf()), kept(enterprise, pdf())
    services.remove(file_id=removed.pk, by=enterprise.person)
    fresh, old = stray("ab" * 16, hours=1), stray("cd" * 16, hours=25)
    half = stray("left", hours=25, folder="incoming")
    busy = stray("arriving", hours=1, folder="incoming")
    assert services.discard_unwanted() == 2
    assert set(on_disk()) == {store.path_of(wanted.uuid), fresh, busy}
    assert not old.exists()
    assert not half.exists()
    assert services.discard_unwanted() == 0
    assert StoredFile.objects.get(pk=removed.pk).removed_at


def stray(name: str, hours: int, folder: str = "") -> Path:
    """A file that no row knows, so many hours old."""
    import os

    from django.conf import settings

    path = Path(settings.RONGQIAO_FILES) / (folder or name[:2]) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    then = (clock.now() - timedelta(hours=hours)).timestamp()
    os.utime(path, (then, then))
    return path


def test_a_purpose_must_name_types_that_somebody_checks() -> None:
    for types in ({"text/html"}, set()):
        with pytest.raises(ValueError, match="types must be some of"):
            registry.register(anything("test_bad", types=frozenset(types)))
    assert registry.get("test_bad") is None


def test_what_was_relied_upon_can_be_made_to_stay(enterprise: world.Party) -> None:
    registry.register(anything(may_remove=lambda person, file: False))
    file = kept(enterprise, pdf())
    with pytest.raises(Problem) as refused:
        services.remove(file_id=file.pk, by=enterprise.person)
    assert refused.value.status == 403
