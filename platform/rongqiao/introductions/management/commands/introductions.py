"""`manage.py introductions`: the funnel by stage, and the rows that a ranking can be trained on."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.core.serializers.json import DjangoJSONEncoder

from rongqiao.introductions import learning, selectors, states


class Command(BaseCommand):
    help = "对接漏斗：每一环节有多少；training 逐行输出训练数据（JSON Lines）。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["funnel", "training"])

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        if what == "training":
            for row in learning.training_rows():
                self.stdout.write(json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False))
            return
        for code, count in selectors.funnel().items():
            self.stdout.write(f"{states.STATES[code].zh}\t{count}")
