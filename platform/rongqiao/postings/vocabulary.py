"""Enumerations that several kinds share, in the policy's terms, and the ordinals of levels."""

from rongqiao.common.language import both

from .field_types import Choice, Option, options

DEGREES: tuple[Option, ...] = options(
    ("any", "不限", "Any"),
    ("secondary", "中职", "Secondary vocational"),
    ("college", "高职专科", "Higher vocational"),
    ("bachelor", "本科", "Bachelor"),
    ("master", "硕士", "Master"),
    ("doctor", "博士", "Doctor"),
)
DEGREE = Choice(DEGREES)
# 不限 asks for nothing and so has no ordinal.
DEGREE_ORDER = {"secondary": 1, "college": 2, "bachelor": 3, "master": 4, "doctor": 5}

URGENCY = Choice(
    options(("normal", "一般紧缺", "Wanted"), ("short", "紧缺", "Short"), ("very_short", "非常紧缺", "Very short"))
)
INDUSTRY_FIELD_HELP = both(
    "国办发〔2017〕95号 二（六）所列产业急需紧缺领域，或当地产业链名称",
    "A field in urgent need (State Council document 95 of 2017, II.6), or the name of a local industry chain",
)
