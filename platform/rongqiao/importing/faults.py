"""What can be wrong with a file, a column or a cell, and what to do about it, in both languages."""

from rongqiao.common.errors import Fault, Problem, from_code
from rongqiao.common.language import Bilingual as Both
from rongqiao.common.remedies import REMEDIES

# `{value}` is the cell as it stood, `{hint}` what it looks like or where in the file it is.
WORDS: dict[str, tuple[Both, Both]] = {
    "file_empty": (
        Both("文件里没有数据行", "The file has no rows of data"),
        Both(
            "第一行写表头，从第二行起每行一条",
            "Put the headings in the first row and one record in each row below",
        ),
    ),
    "file_too_large": (
        Both("文件太大（{hint}）", "The file is too large ({hint})"),
        Both("请拆分后分次导入", "Split it and import the parts"),
    ),
    "file_slow": (
        Both("文件读取时间过长", "Reading the file takes too long"),
        Both("请另存为 .csv 或拆分后再上传", "Save it as .csv or split it, and upload that"),
    ),
    "file_encrypted": (
        Both("文件有打开密码", "The file is protected by a password"),
        Both("请去掉密码后再上传", "Remove the password and upload it again"),
    ),
    "file_encoding": (
        Both("文字编码无法识别", "The text encoding is not known"),
        Both("请另存为 UTF-8 编码的 .csv 再上传", "Save it as UTF-8 and upload that"),
    ),
    "file_nul": (
        Both(
            "文件含有空字符（{hint}），可能不是文本文件",
            "The file holds NUL bytes ({hint}) and may not be text",
        ),
        Both("请用表格软件另存为 .csv 或 .xlsx", "Save it as .csv or .xlsx in a spreadsheet program"),
    ),
    "no_header": (
        Both("没有找到表头", "No row of headings was found"),
        Both(
            "请在第一行写列名，可下载模板对照",
            "Write the names of the columns in the first row; see the template",
        ),
    ),
    "too_many_rows": (
        Both("行数超过上限（{hint}）", "There are too many rows ({hint})"),
        Both("请拆分后分次导入", "Split the file and import the parts"),
    ),
    "too_many_columns": (
        Both("列数超过上限（{hint}）", "There are too many columns ({hint})"),
        Both("请只保留需要的列", "Keep only the columns that are needed"),
    ),
    "cell_too_long": (
        Both("单元格内容过长（{hint}）", "A cell is too long ({hint})"),
        Both("请检查引号是否成对，或缩短内容", "Check that quotation marks are paired, or shorten the text"),
    ),
    "csv_broken": (
        Both("CSV 格式有误（{hint}）", "The CSV is malformed ({hint})"),
        Both(
            "请检查引号是否成对，或另存为 .xlsx", "Check that quotation marks are paired, or save it as .xlsx"
        ),
    ),
    "line_broken": (
        Both("不是一行一个 JSON 对象（{hint}）", "Not one JSON object to a line ({hint})"),
        Both("请检查这一行的格式", "Check the syntax of that line"),
    ),
    "unknown_column": (
        Both("文件里没有这一列", "The file has no such column"),
        Both("请按文件表头填写列名", "Use the names in the file's first row"),
    ),
    "target_twice": (
        Both("有两列对应同一个字段", "Two columns are mapped to one field"),
        Both("请只保留其中一列", "Keep one of them"),
    ),
    "target_missing": (
        Both("还没有指定这一项对应哪一列：{hint}", "No column is mapped to: {hint}"),
        Both("请在列对应中指定", "Choose a column for it"),
    ),
    "source_label": (
        Both("来源名称不合适", "The label of the source is not valid"),
        Both("请填写 1–40 个字，不含斜线", "Write 1 to 40 characters without a slash"),
    ),
    "file_gone": (
        Both("上传的文件已被清理", "The uploaded file has been removed"),
        Both("请重新上传", "Upload it again"),
    ),
    "kind_gone": (
        Both("平台不再收这类信息", "The platform no longer takes this kind of posting"),
        Both("请联系平台运营", "Ask the platform's operators"),
    ),
    "crashed": (
        Both("导入中断了，已导入的行都已保存", "The import stopped; the rows brought in so far are kept"),
        Both("请再点一次“导入”，会从中断处继续", "Run it again: it goes on where it stopped"),
    ),
    # Rows and cells.
    "ragged": (
        Both(
            "这一行的列数与表头不符（{hint}）", "The row does not have as many cells as the headings ({hint})"
        ),
        Both("请检查是否漏列、多列或错位", "Look for a missing, extra or shifted cell"),
    ),
    "shifted": (
        Both(
            "“{value}”像是{hint}，可能错列了",
            "“{value}” looks like {hint}; the cell may be in the wrong column",
        ),
        Both("请把它移到对应的列，或清空这一格", "Move it to its column, or empty the cell"),
    ),
    "unreadable": (
        Both("看不懂“{value}”", "“{value}” cannot be read"),
        Both("请按模板中的写法填写", "Write it as the template shows"),
    ),
    "no_period": (
        Both("“{value}”没有说明是月薪还是年薪", "“{value}” does not say whether it is by month or by year"),
        Both(
            "请写成“1-2万/月”，或把这一列对应到“月薪”或“年薪”",
            "Write “1-2万/月”, or map the column to monthly or yearly pay",
        ),
    ),
    "unknown_code": (
        Both("标准代码表中没有“{value}”", "The code tables of the standard have no “{value}”"),
        Both("请填写标准中的代码或全称", "Write the code or the full name of the standard"),
    ),
    "uscc": (
        Both("统一社会信用代码“{value}”没有通过校验", "The credit code “{value}” fails its check"),
        Both("请对照营业执照核对 18 位代码", "Compare the 18 characters with the licence"),
    ),
    "several_values": (
        Both("“{value}”有好几个值，这里只能有一个", "“{value}” holds several values where one is allowed"),
        Both("请拆成几行，每行一个", "Split the row, one value in each"),
    ),
    "reversed": (
        Both("“{value}”的下限大于上限", "“{value}” begins above its end"),
        Both("请核对两个数", "Check the two numbers"),
    ),
    "owner_missing": (
        Both("没有写明单位", "The row does not name its organisation"),
        Both("请填写单位名称", "Fill in the organisation's name"),
    ),
    "owner_unknown": (
        Both("平台上没有“{value}”", "The platform does not know “{value}”"),
        Both(
            "请核对名称或代码，或请平台先登记该单位",
            "Check the name or code, or have the organisation registered first",
        ),
    ),
    "owner_ambiguous": (
        Both("名为“{value}”的单位不止一个", "There are several organisations named “{value}”"),
        Both("请改用学校标识码", "Give the code of the institution instead"),
    ),
    "key_twice": (
        Both(
            "编号“{value}”在文件中出现过（第 {hint} 行）",
            "The number “{value}” has been used already (row {hint})",
        ),
        Both("请给每一行不同的编号", "Give each row its own number"),
    ),
    "row_twice": (
        Both("这一行与第 {hint} 行完全相同", "The row is the same as row {hint}"),
        Both("如不是重复，请补充区别", "If it is not a repeat, add what is different"),
    ),
}


def fault(code: str, field: str = "", *, value: str = "", hint: str | Both = "") -> Fault:
    """A fault of an import with its words filled in; codes of the common table work too."""
    if code not in WORDS:
        return from_code(code, field)
    words, remedy = WORDS[code]
    zh = hint.zh if isinstance(hint, Both) else hint
    en = hint.en if isinstance(hint, Both) else hint
    said = Both(words.zh.format(value=value, hint=zh), words.en.format(value=value, hint=en))
    return Fault(field, code, said, remedy)


def problem(
    code: str, field: str = "file", *, value: str = "", hint: str | Both = "", status: int = 400
) -> Problem:
    """The same as an exception that answers a request."""
    return Problem(fault(code, field, value=value, hint=hint), status=status)


def known(code: str) -> bool:
    """Whether the code has words of its own."""
    return code in WORDS or code in REMEDIES


def at_row(number: int) -> Both:
    """Where in the file, for people."""
    return Both(f"第 {number} 行", f"row {number}")
