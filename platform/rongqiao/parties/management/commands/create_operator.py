"""`manage.py create_operator EMAIL`: the first person of an installation."""

import getpass
import os
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from rongqiao.common.errors import Problem
from rongqiao.parties import services

VARIABLE = "RONGQIAO_OPERATOR_PASSWORD"


class Command(BaseCommand):
    help = f"创建平台运营账号。密码从环境变量 {VARIABLE} 读取；没有设置时在终端输入。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        password = os.environ.get(VARIABLE) or getpass.getpass("密码：")
        try:
            person = services.create_operator(email=options["email"], password=password, name=options["name"])
        except ValidationError as error:
            raise CommandError("密码不符合要求：" + "；".join(error.messages)) from error
        except Problem as problem:
            raise CommandError(f"{problem.faults[0].fault}：{options['email']}") from problem
        self.stdout.write(f"已创建 {person.email}，登录后请开启动态码。")
