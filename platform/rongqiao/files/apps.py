from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "rongqiao.files"
    label = "files"
    verbose_name = "附件"
