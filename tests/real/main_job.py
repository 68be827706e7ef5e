"""The main job on real input: `RONGQIAO_REAL_DATA=… python -m tests.real.main_job [--encoder none|bundled]`.

Imports the advertisements, gives each college majors of its level by a seeded draw, rebuilds the index, pairs every
need; prints times, rates, peak memory, and ten pairings with reasons of five needs drawn by seed. Works in a folder of
its own that it removes; every step is a management command in a process of its own, as an operator would run it.
"""

import argparse
import csv
import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEED = 20261122
MAJORS_PER_COLLEGE = 12
NEEDS_SHOWN = 5
PAIRINGS_SHOWN = 10


@dataclass
class Job:
    """One run: where it works, with which encoder, on every how manieth advertisement and college, and what it measured
    (seconds by step, megabytes, counts)."""

    data: Path
    folder: Path
    encoder: str
    share: int = 1
    seconds: dict[str, float] = field(default_factory=dict)
    peak: dict[str, float] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)

    def manage(self, step: str, *arguments: str) -> str:
        """Run one management command; its time, its peak memory and what it said are kept."""
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "rongqiao.config.settings.embedded",
            "RONGQIAO_VAR": str(self.folder),
            "RONGQIAO_ENCODER": self.encoder,
            "RONGQIAO_UPLOAD_LIMIT": str(500 * 1024 * 1024),
            "OMP_NUM_THREADS": "1",
        }
        begun = time.monotonic()
        command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"{step}: {done.stderr[-3000:]}")
        self.seconds[step] = time.monotonic() - begun
        self.peak[step] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        self.said[step] = done.stdout
        return done.stdout


def majors_of_colleges(data: Path, colleges: Path, seed: int) -> Iterator[dict[str, object]]:
    """Rows of majors for every college: vocational ones with the profiles' texts, others by name only."""
    draw = random.Random(seed)
    profiles = [json.loads(line) for line in (data / "majors.jsonl").read_text().splitlines()]
    vocational = [row for row in profiles if row["level"] == "高职专科"]
    bachelor = [row for row in profiles if row["level"] == "职业本科"]
    names = list({row["code"]: row for row in table(data / "tables/undergraduate_majors.tsv")}.values())
    for college in table(colleges):
        if college["level"] == "专科":
            chosen = draw.sample(vocational, MAJORS_PER_COLLEGE)
        elif "职业" in college["name"]:
            chosen = draw.sample(bachelor, MAJORS_PER_COLLEGE)
        else:
            chosen = draw.sample(names, MAJORS_PER_COLLEGE)
        for major in chosen:
            yield {
                "院校名称": college["name"],
                "学校标识码": college["code"],
                "专业代码": major["code"],
                "标题": major["name"],
                "描述": major.get("profile", ""),
                "id": f"{college['code'] or college['name']}-{major['code']}",
            }


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a tab-separated table."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


def every(share: int, source: Path, target: Path, heading: int = 0) -> str:
    """The path of a file with the heading and every so manieth of the other lines."""
    with source.open(encoding="utf-8") as lines, target.open("w", encoding="utf-8") as kept:
        kept.writelines(islice(lines, heading))
        kept.writelines(islice(lines, None, None, share))
    return str(target)


def run(data: Path, folder: Path, encoder: str, share: int = 1) -> Job:
    """Do the whole job, or a part of it: every so manieth advertisement and college."""
    job = Job(data, folder, encoder, share)
    colleges = every(share, data / "tables/colleges.tsv", folder / "colleges.tsv", heading=1)
    needs = every(share, data / "job_postings.jsonl", folder / "needs.jsonl")
    job.manage("migrate", "migrate", "--verbosity", "0")
    job.manage("colleges", "import_colleges", colleges)
    job.manage("needs", "import_postings", needs, "--kind", "talent_need", "--source", "招聘")
    majors = folder / "majors.jsonl"
    with majors.open("w") as stream:
        for row in majors_of_colleges(data, Path(colleges), SEED):
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")
    job.manage("majors", "import_postings", str(majors), "--kind", "major", "--source", "专业")
    job.manage("analyse and index", "outbox", "index")
    job.manage("rebuild the index", "index", "rebuild")
    job.manage("pair every need", "pair", "--kind", "talent_need")
    job.manage("reconcile", "index", "reconcile", "--check")
    job.said["report"] = job.manage("report", "shell", "--verbosity", "0", "--command", REPORT)
    return job


REPORT = f"""
import json, random
from rongqiao.indexing.models import Content
from rongqiao.parties.models import Organisation
from rongqiao.postings.models import Posting
from rongqiao.recommending import bills
from rongqiao.recommending.models import Pairing, Run
from matching.rendering import render
count = lambda kind: Posting.objects.filter(kind=kind, status="published").count()
needs = sorted(Run.objects.values_list("posting_id", flat=True).distinct())
sample = random.Random({SEED}).sample(list(Pairing.objects.values_list("pk", flat=True)), 200)
rows = Pairing.objects.select_related("run").filter(pk__in=sample)
print(json.dumps({{
    "needs": count("talent_need"), "majors": count("major"), "paired": len(needs),
    "pairings": Pairing.objects.count(),
    "contents": Content.objects.count(), "employers": Organisation.objects.filter(party_type="enterprise").count(),
    "colleges": Organisation.objects.filter(party_type="college").count(),
    "recomputed": sum(bills.recomputes(row) for row in rows), "sampled": len(sample)}}))
for need in random.Random({SEED}).sample(needs, {NEEDS_SHOWN}):
    posting = Posting.objects.get(pk=need)
    print(f"\\n### {{posting.title}}（{{posting.region_code}}，{{posting.details.get('degree', '学历未写')}}）")
    print(posting.description[:160].replace("\\n", " "))
    best = Pairing.objects.filter(need=need).select_related("run", "offer__organisation").order_by("-mutual", "id")
    for rank, row in enumerate(bills.with_bills(list(best[:{PAIRINGS_SHOWN}])), 1):
        said = render(row.bill, "zh")
        print(f"{{rank}}. {{row.offer.title}} · {{row.offer.organisation.name}} {{row.mutual:.2f}} {{said.band}}")
        print("   " + "；".join(said.reasons) + " | 不足：" + "；".join(said.gaps[:2]))
"""


def figures(job: Job) -> dict[str, object]:
    """What the run measured, in one flat table."""
    counts = json.loads(job.said["report"].splitlines()[0])
    documents = counts["needs"] + counts["majors"]
    imported = job.seconds["needs"] + job.seconds["majors"]
    refused = re.search(r"未导入 (\d+)", job.said["majors"])
    return {
        **counts,
        "majors refused": int(refused[1]) if refused else 0,
        "encoder": job.encoder,
        "import postings/s": round(documents / imported),
        "first indexing documents/s": round((documents + counts["contents"]) / job.seconds["analyse and index"]),
        "rebuild documents/s": round((documents + counts["contents"]) / job.seconds["rebuild the index"]),
        "pairing seconds": round(job.seconds["pair every need"], 1),
        "pairing needs/s": round(counts["needs"] / job.seconds["pair every need"]),
        "peak MB": round(max(job.peak.values())),
        "seconds": {step: round(seconds, 1) for step, seconds in job.seconds.items()},
    }


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", choices=["none", "bundled"], default="bundled")
    encoder = parser.parse_args().encoder
    data = os.environ.get("RONGQIAO_REAL_DATA")
    if not data:
        print("RONGQIAO_REAL_DATA names no folder; set it to the one with job_postings.jsonl", file=sys.stderr)
        return 1
    folder = Path(tempfile.mkdtemp(prefix="rongqiao-main-job-"))
    try:
        job = run(Path(data), folder, encoder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(job.said["report"])
    print(json.dumps(figures(job), ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
