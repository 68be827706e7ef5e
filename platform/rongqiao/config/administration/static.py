"""The administration's styles and scripts, out of the packages that bring them."""

import mimetypes
from functools import cache
from pathlib import Path

from django.contrib.staticfiles.finders import AppDirectoriesFinder
from django.http import FileResponse, Http404, HttpRequest

APPS = ["unfold", "django.contrib.admin"]
OWN = Path(__file__).with_name("administration.css")
A_DAY = "public, max-age=86400"


@cache
def files() -> dict[str, Path]:
    """Every file by its name: which there are is read once, so no path is ever made from what somebody asked for."""
    found = AppDirectoriesFinder(app_names=APPS).list([])
    theirs = {name.replace("\\", "/"): Path(storage.path(name)) for name, storage in found}
    return {**theirs, OWN.name: OWN}


def file(request: HttpRequest, name: str) -> FileResponse:
    """One file; 404 for any other name."""
    path = files().get(name)
    if path is None or request.method not in ("GET", "HEAD"):
        raise Http404
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return FileResponse(path.open("rb"), content_type=kind, headers={"Cache-Control": A_DAY})
