from django.db import migrations

from rongqiao.audit import protection


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(
            lambda apps, editor: protection.protect(editor.connection),
            lambda apps, editor: protection.unprotect(editor.connection),
        ),
    ]
